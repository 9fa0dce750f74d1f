
# Titles and lists.
countries-title = Countries
countries-intro = Every country with what is known of it. What nobody has measured is unknown, and says so.
country-facts-title = Figures about { $country }
country-places-title = Places of { $country }
schools-title = Schools
schools-intro = Schools as their country’s register has them. What the register does not say is unknown, never zero.
schools-more = What else the register says
places-see-schools = See the schools
places-section-register = School register
places-no-register = This country has not brought a school register yet.
places-by-department = Schools by area
places-map-schools = Schools by area
places-map-borders = The borders shown do not imply endorsement or acceptance.
places-map-place = Schools in { $place }
places-map-school = Where { $school } stands
places-services = Services of the schools
places-service = Service
places-languages = Languages
places-languages-note = Shares count second languages too, so they may add up to more than 100%. Source: Unicode CLDR.
places-speakers = Speakers
places-standing = Standing
places-facts = What is known
places-facts-note = Each figure is the latest its source has, with its year. A figure that is not here is unknown.
places-no-facts = Nothing is known yet.
places-below = Places inside
places-header = Header in the file

# Bringing a register.
school-import-title = Bring a school register
school-import-button = Bring a register
school-import-intro = The file is read first and nothing is changed: you see every row refused and why, and the rows that look alike. Then you decide.
school-import-country = Country
school-import-register = Register
school-import-register-hint = CSV, XLSX or ODS; one school a row, names of columns in the first row.
school-import-columns = Only the school’s code and name must be there. These columns are known, in English, French, Spanish or Arabic; others are not read and not kept:
school-import-page-title = School register of { $country }: reading
school-import-reading = The register is being read
school-import-putting = The schools are being taken over
school-import-refused-whole = The file cannot be read:
school-import-put = Taken over: { $added } new, { $changed } changed, { $same } as before, { $left } left out.
school-import-refused = Rows refused
school-import-duplicates = Rows that look alike
school-import-remarks = To know
school-import-notes = How the file was read
school-import-columns-read = Columns read
school-import-columns-unread = Not read and not kept: { $columns }
school-import-rows =
    { $rows ->
        [one] One row, number { $first }.
       *[other] { $rows } rows, the first is number { $first }.
    }
school-import-row-numbers = rows { $rows }
school-import-more =
    { $n ->
        [one] One more
       *[other] { $n } more
    }
school-import-figure-rows = rows in the file
school-import-figure-schools = schools read
school-import-figure-refused-rows = rows refused
school-import-figure-duplicate-groups = groups that look alike
school-import-figure-placed = in a known district
school-import-figure-placed-in-area = in a known area only
school-import-figure-placed-in-country = in the country only
school-import-acceptance-title = Take over what was read
school-import-acceptance-button = Take over these schools
school-import-acceptance-intro = Refused rows stay out. Schools already in the register under the same code are brought up to date; none is removed.
school-import-acceptance-alike = Rows that look alike
school-alike-keep-all = Keep them all: they are different schools
school-alike-first-only = Keep the first of each group, leave the others out
school-alike-code = Same code
school-alike-survey = Same survey record
school-alike-name-near = Same name and level, close by
school-alike-name-and-place = Same name and level in the same place
places-nothing-to-take = No row could be read, so there is nothing to take over. Correct the file and bring it again.
places-still-reading = The register is still being read. Come back when it is done.
places-already-taken = This is the taking over itself; it was decided already.

# Why a row is refused.
places-code-repeated = Row { $row }: the code { $code } already stands in row { $first }. Two schools cannot share a code.
places-year-strange = Row { $row }: { $year } cannot be the year of these numbers.
places-gps-unreadable = Row { $row }: “{ $gps }” is no position. Write latitude, then longitude, in degrees with decimals.
places-gps-zero = Row { $row }: the position “{ $gps }” lies in the sea off Africa; it was probably never measured. Leave the cell empty.
places-gps-swapped = Row { $row }: latitude and longitude of “{ $gps }” are the wrong way round.
places-gps-outside = Row { $row }: the position “{ $gps }” lies outside the country.
places-outside-your-places = Row { $row }: { $place } is outside the places you speak for.

# What the owner of a register should know.
places-remark-no-name = The name is missing: the school is shown under its code.
places-remark-learners-differ = Learners do not add up to girls and boys; all three are kept as written.
places-remark-teachers-differ = Teachers do not add up to women and men; all three are kept as written.
places-remark-level-unknown = The level “{ $level }” is not known: kept as written, the education level stays unknown.
places-remark-area-unknown = “{ $area }” says neither rural nor urban: it stays unknown.
places-remark-rural-derived = Rural or not was derived: fewer than ten other schools within two kilometres. It is an estimate and is marked as one.
places-remark-no-gazetteer = The places of this country are not known here yet: the schools stand in the country. Ask the secretariat to bring its gazetteer.
places-remark-code-unknown = The place code { $code } is not known: the school stands in the country.
places-remark-district-unknown = “{ $name }” is not known in “{ $area }”: the school stands in the larger place.
places-remark-district-several = Several places in “{ $area }” are called “{ $name }”: the school stands in the larger place.
places-remark-area-not-found = The area “{ $area }” is not known: the school stands in the country.
places-remark-no-place = No place is given: the school stands in the country.
places-remark-more = There is more to know than is listed here.

# Why a gazetteer is refused.
places-code-twice = The code { $code } stands twice.
places-parent-missing = { $code } has no parent and is no country.
places-cycle = { $code } lies inside itself: its parents go round in a circle.
places-parent-unknown = The parent { $parent } of { $code } is not known.
places-not-below-parent = { $code } must be of a lower level than its parent { $parent }.
places-other-country = { $code } and its parent { $parent } lie in different countries.

# Columns.
column-region = Region
column-income-group = Income group
column-ldc = Least developed country
column-landlocked = Landlocked
column-schools = Schools
column-learners = Learners
column-learners-unknown = Schools without a number of learners
column-iso3 = Three-letter code
column-indicator = Indicator
column-value = Value
column-year = Year
column-level = Level
column-parent = Lies in
column-aliases = Also called
column-department = Area
column-levels = Education levels
column-learners-girls = Girls
column-learners-boys = Boys
column-teachers = Teachers
column-teachers-female = Women teachers
column-teachers-male = Men teachers
column-water = Water
column-internet = Internet
column-electricity = Electricity
column-computers = Computers
column-rural = Rural
column-rural-basis = How rural is known
column-longitude = Longitude
column-latitude = Latitude
column-row = Row
column-rows = Rows
column-column = Column
column-shared = What they share

# Filters.
field-department = Area
field-level = Education level
field-water = Water
field-internet = Internet
field-electricity = Electricity
field-computers = Computers
field-region = Region
field-income-group = Income group
three-yes = Yes
three-no = No
three-unknown = Unknown

# Codes.
isced-0 = Early childhood
isced-1 = Primary
isced-2 = Lower secondary
isced-3 = Upper secondary
isced-4 = Post-secondary, not tertiary
isced-5 = Short-cycle tertiary
isced-6 = Bachelor
isced-7 = Master
isced-8 = Doctorate
rural-basis-written = The register says so
rural-basis-density = Estimated from the schools around
fact-source-gapminder = Gapminder, Systema Globalis (CC BY 4.0)
fact-source-education-recovery-tracker = Global Education Recovery Tracker: Johns Hopkins University, World Bank, UNICEF (CC BY 4.0)
language-standing-official = Official
language-standing-official-regional = Official in a region
language-standing-de-facto-official = Official in practice
school-attribute-address = Address
school-attribute-ward = Ward
school-attribute-status = Run by
school-attribute-level = Level as written
school-attribute-survey = Survey record
school-attribute-grid = Connected to the grid
income-group-low-income = Low income
income-group-lower-middle-income = Lower middle income
income-group-upper-middle-income = Upper middle income
income-group-high-income = High income
region-australia-and-new-zealand = Australia and New Zealand
region-central-and-southern-asia = Central and Southern Asia
region-eastern-and-south-eastern-asia = Eastern and South-Eastern Asia
region-europe-and-northern-america = Europe and Northern America
region-latin-america-and-the-caribbean = Latin America and the Caribbean
region-northern-africa-and-western-asia = Northern Africa and Western Asia
region-oceania-exc-australia-and-new-zealand = Oceania without Australia and New Zealand
region-sub-saharan-africa = Sub-Saharan Africa
place-kind-area = Area
place-kind-cadastre = Cadastre
place-kind-country = Country
place-kind-county = County
place-kind-department = Department
place-kind-district = District
place-kind-governorate = Governorate
place-kind-municipality = Municipality
place-kind-sub-county = Sub-county
indicator-internet-users-percent = People who use the internet
indicator-broadband-per-100 = Broadband subscriptions per 100 people
indicator-cell-phones-per-100 = Mobile phone subscriptions per 100 people
indicator-rural-percent = People who live in the countryside
indicator-basic-water-percent = People with at least basic water
indicator-home-electricity-kwh-per-person = Electricity used at home per person, in kWh
indicator-personal-computers-per-100 = Personal computers per 100 people
indicator-extreme-poverty-percent = People in extreme poverty
indicator-out-of-school-primary = Children of primary age out of school
indicator-out-of-school-primary-girls = Girls of primary age out of school
indicator-out-of-school-primary-boys = Boys of primary age out of school
indicator-girls-per-boy-enrolled = Girls enrolled for each boy
indicator-primary-completion-percent = Children who complete primary school
indicator-youth-literacy-percent = Young people who can read and write
indicator-youth-literacy-girls-percent = Young women who can read and write
indicator-population = Population
indicator-population-0-14 = Population aged 0 to 14
indicator-enrolled-preprimary = Learners enrolled, pre-primary
indicator-enrolled-preprimary-girls = Girls enrolled, pre-primary
indicator-enrolled-preprimary-boys = Boys enrolled, pre-primary
indicator-enrolled-primary = Learners enrolled, primary
indicator-enrolled-primary-girls = Girls enrolled, primary
indicator-enrolled-primary-boys = Boys enrolled, primary
indicator-enrolled-lower-secondary = Learners enrolled, lower secondary
indicator-enrolled-lower-secondary-girls = Girls enrolled, lower secondary
indicator-enrolled-lower-secondary-boys = Boys enrolled, lower secondary
indicator-enrolled-upper-secondary = Learners enrolled, upper secondary
indicator-enrolled-upper-secondary-girls = Girls enrolled, upper secondary
indicator-enrolled-upper-secondary-boys = Boys enrolled, upper secondary
indicator-age-group-preprimary = Population of age, pre-primary
indicator-age-group-primary = Population of age, primary
indicator-age-group-primary-girls = Girls of age, primary
indicator-age-group-primary-boys = Boys of age, primary
indicator-age-group-lower-secondary = Population of age, lower secondary
indicator-age-group-upper-secondary = Population of age, upper secondary
indicator-learning-poverty-percent = Learning poverty: ten-year-olds who cannot read a simple text
indicator-primary-schools-with-internet-percent = Primary schools with internet
indicator-lower-secondary-schools-with-internet-percent = Lower secondary schools with internet
indicator-upper-secondary-schools-with-internet-percent = Upper secondary schools with internet
