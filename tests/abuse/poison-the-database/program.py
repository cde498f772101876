from django.db import connection

with connection.cursor() as cursor:
    cursor.execute("PRAGMA foreign_keys = OFF")
    for table in connection.introspection.table_names():
        cursor.execute(f'DROP TABLE "{table}"')
    print("tables left:", len(connection.introspection.table_names()))
connection.close()
with open("/tmp/db.sqlite3", "r+b") as file:
    file.write(b"no database any more")
