import sqlite3

database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE hoard (data BLOB)")
for _ in range(48):
    database.execute("INSERT INTO hoard VALUES (zeroblob(16777216))")
print("BREACH holds 768 MiB in a database")
