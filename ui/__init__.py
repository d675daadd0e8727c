"""What people see at the point; the only place with Qt. Guards against habits of others come first."""

from ui.lasting import make_constants_last
from ui.plain_bytes import leave_encodings_unguessed
from ui.unread_sources import leave_sources_unread

make_constants_last()
leave_sources_unread()
leave_encodings_unguessed()
