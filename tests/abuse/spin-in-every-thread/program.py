import hashlib
import threading

for _ in range(24):
    threading.Thread(target=hashlib.pbkdf2_hmac, args=("sha256", b"", b"", 1 << 30)).start()
