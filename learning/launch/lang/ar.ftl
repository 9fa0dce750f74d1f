launch-title = المقررات
