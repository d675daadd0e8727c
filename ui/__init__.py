"""What people see at the point; the only place with Qt. Guards against PySide's faults come first."""

from ui.lasting import make_constants_last
from ui.unread_sources import leave_sources_unread

make_constants_last()
leave_sources_unread()
