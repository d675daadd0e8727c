"""What people see at the point; the only place with Qt."""

from ui.lasting_true import make_true_last

make_true_last()
