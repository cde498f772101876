import zlib

packer = zlib.compressobj(wbits=-15)
mebibyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
size = len(zlib.decompressobj(wbits=-15).decompress(mebibyte * 768))
print("BREACH unpacked", size >> 20, "MiB")
