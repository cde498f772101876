import { takenNames } from './installed-runtime.ts';

/** Names that an app of a fixture cannot have, because something else answers to them in every runtime. */

/** Words of Python's grammar: no module of such a name can be imported. */
export const reservedWords: ReadonlySet<string> = new Set(
  `and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
);

/** Python's own modules, but for those that begin with an underscore, as no app does. */
const standardLibrary = `abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop
  base64 bdb binascii bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop
  collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv
  ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip
  enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath
  getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp
  importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox
  mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt
  ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes
  pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc
  pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets
  select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3
  sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau
  symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap this threading
  time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types
  typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound
  wsgiref xdrlib xml xmlrpc xxlimited xxlimited_35 zipapp zipfile zipimport zlib zoneinfo`;

const named = (names: string, what: string) =>
  names.split(/\s+/).map((name): [string, string] => [name, what]);

/**
 * Each name that is taken, and by what, to stand after "which is". A contract test holds it against
 * the runtime; what a later runtime adds is found when the app is installed.
 */
export const installedNames: ReadonlyMap<string, string> = new Map([
  ...named(standardLibrary, "a module of Python's own"),
  ...named('pip sitecustomize usercustomize', 'an installed package'),
  ...named('jail program rows', 'a module of the sandbox'),
  ...Object.entries(takenNames).flatMap(([what, names]) => named(names.join(' '), what)),
]);
