"""Where the parts are put together: settings, URLs, servers. May import anything; nothing imports it.

The SQLite library is put in place here, before Django loads: settings live in this package, so whoever
asks for settings comes past this line first.
"""

from remit.config.sqlite import use_bundled_sqlite

use_bundled_sqlite()
