# Words of the refusals and notes of sheets. What was wrong, where, and what to do.

## The whole file
sheets-empty = The file is empty. Choose a file that holds a table with a row of headers.
sheets-too-big = The file has { $bytes } bytes; at most { $limit } are accepted. Divide it into smaller files.
sheets-unpacked-too-big = Unpacked, the file is larger than { $limit } bytes. Divide it into smaller files.
sheets-too-many-rows = The file has more than { $limit } rows. Divide it into smaller files.
sheets-too-many-columns = Row { $row } has more than { $limit } columns. Remove the columns that are not needed.
sheets-too-many-cells = The file has more than { $limit } cells. Divide it into smaller files.
sheets-cell-too-long = Row { $row }, column { $column }: the cell holds more than { $limit } bytes. Shorten it, or look for a quotation mark that is not closed.
sheets-broken = The file cannot be read to its end ({ $format }: { $detail }). Save it again, or send it again.
sheets-encoding = The file says it is { $encoding }, but some of its letters are broken. Save it again as UTF-8.
sheets-old-excel = The file is locked with a password or has an old Excel format. Save it without a password as XLSX.
sheets-web-page = The file is a web page or XML, not a table. Open it in a spreadsheet program and save it as XLSX.
sheets-not-a-table = The file is neither CSV nor XLSX nor ODS. Save the table in one of these formats.
sheets-no-sheet = There is no visible sheet “{ $wanted }” in the file. It has: { $found }. Choose one of them.
sheets-quote-open = Row { $row }: a quotation mark is opened and never closed. Close it, or write it twice.
sheets-row-ragged = Row { $row } has { $found } cells; the header has { $expected }. Look for a missing or an additional separator.
sheets-more = And { $count } more of this kind. Correct the ones shown, then try again.

## The header
sheets-header-empty = Column { $column } has no header, but row { $filled } has a value in it. Give the column a name, or remove it.
sheets-header-twice = The header “{ $column }” stands in column { $first } and in column { $second }. Give one of them another name.
sheets-header-merged = The header in columns { $column } to { $last } of row { $row } is merged, with no names below it. Unmerge it and name each column.
sheets-column-missing = The column “{ $wanted }” is missing. The file has: { $found }. Add it, or give the right column this name.
sheets-column-double = Two columns could be “{ $wanted }”: { $first } and { $second }. Rename or remove one of them.
sheets-column-shared = The column “{ $column }” is wanted twice: as “{ $wanted }” and as “{ $other }”. Use one column for each.
sheets-column-undeclared = The import asks for a column “{ $wanted }” that it has not declared. Please report this fault.

## Cells of a workbook
sheets-formula-empty = Cell { $place } holds a formula without a value. Open the file in a spreadsheet program, let it calculate, and save it.
sheets-cell-error = Cell { $place } holds the error { $error }. Correct the formula, or write the value.

## Values
sheets-cell-empty = Row { $row }, “{ $column }”: the cell is empty. Fill it in.
sheets-text-long = Row { $row }, “{ $column }”: the text is longer than { $max } letters. Shorten it.
sheets-number = Row { $row }, “{ $column }”: “{ $value }” is not a number. Write digits only, or leave the cell empty if it is not known.
sheets-whole = Row { $row }, “{ $column }”: “{ $value }” is not a whole number. Write it without decimals.
sheets-negative = Row { $row }, “{ $column }”: “{ $value }” is less than zero. Write the true number, or leave the cell empty if it is not known.
sheets-small = Row { $row }, “{ $column }”: “{ $value }” is too small. The least is { $min }.
sheets-large = Row { $row }, “{ $column }”: “{ $value }” is too large. The most is { $max }.
sheets-number-ambiguous = Row { $row }, “{ $column }”: “{ $value }” may mean thousands or decimals. Write it without the separator of thousands.
sheets-number-shortened = Row { $row }, “{ $column }”: “{ $value }” has lost digits. Format the column as a number or as text, and write it in full.
sheets-day = Row { $row }, “{ $column }”: “{ $value }” is not a day. Write year-month-day, as 2026-03-09.
sheets-day-ambiguous = Row { $row }, “{ $column }”: in “{ $value }” either number may be the month. Write year-month-day, as 2026-03-09.
sheets-day-short-year = Row { $row }, “{ $column }”: “{ $value }” has a year of two digits. Write all four.
sheets-yes-no = Row { $row }, “{ $column }”: “{ $value }” is neither yes nor no. Write yes or no, or leave the cell empty if it is not known.
sheets-code-unknown = Row { $row }, “{ $column }”: “{ $value }” is not on the list. Write one of: { $codes }.
sheets-longitude = Row { $row }, “{ $column }”: “{ $value }” is not a longitude. Write degrees from -180 to 180.
sheets-latitude = Row { $row }, “{ $column }”: “{ $value }” is not a latitude. Write degrees from -90 to 90.
sheets-place-swapped = Row { $row }: longitude { $longitude } and latitude { $latitude } seem to be exchanged. Exchange them.
sheets-place-outside = Row { $row }: longitude { $longitude }, latitude { $latitude } lies outside the area. Correct them, or leave both empty.
sheets-place-half = Row { $row }: “{ $column }” is empty, but the other coordinate is given. Write both, or neither.
sheets-place-zero = Row { $row }: longitude 0, latitude 0 is a place in the sea. Leave both empty if the place is not known.

## Notes
sheets-note-encoding = The file was read as { $encoding }. Look whether letters with accents are right.
sheets-note-sheet-read = The sheet “{ $sheet }” was read.
sheets-note-sheet-left = The sheet “{ $sheet }” was not read.
sheets-note-sheet-hidden = The hidden sheet “{ $sheet }” was not read.
sheets-note-rows-hidden = Hidden rows: { $count }, the first is row { $row }. They were read like the others; look whether they belong to the table.
sheets-note-columns-hidden = Hidden columns: { $columns }. They were read like the others.
sheets-note-rows-above = Rows above the header: { $count }. They were left out; the header is row { $row }.
sheets-note-header-joined = The header of row { $row } has merged cells; each name was joined with the one below it.
sheets-note-tags = Row { $row } holds HXL tags and is no row of values.
sheets-note-no-rows = There is a header, but no row below it.
sheets-note-cells-merged = Merged cells below the header: { $count }, the first in row { $row }. Their value counts for the first cell only.
sheets-note-decoded-twice = Text with broken accents was repaired: { $count } cells, the first is { $place } (“{ $example }”). Look whether it is right.
sheets-note-formulas = Cells with formulas: { $count }, the first is { $place }. The values saved in the file were used.
sheets-note-formula-text = Cells that look like formulas: { $count }, the first is { $place } (“{ $example }”). They were kept as text.
