"""The names that the world's invented people may have: lists of our own, by heritage.

A short list of common names and a long tail of surnames made by joining two
halves, so that some names are shared by dozens of people and most by few. The
heritage of a name is a truth of the generator; nothing ever infers it.
"""

MALE, FEMALE = "M", "F"

GIVEN: dict[tuple[str, str], str] = {
    ("british", MALE): (
        "James John David Paul Mark Andrew Stephen Robert Michael Peter Ian Simon Thomas Daniel Matthew "
        "Christopher Richard Adam Luke Benjamin Jack Ryan Craig Lee Gareth Stuart Neil Kevin Gary Martin "
        "Graham Philip Jonathan Nicholas Scott Darren Jason Anthony Liam Sean Callum Lewis Connor Oliver "
        "George Harry Samuel Joshua Alexander William Edward Rhys Owen Ewan Hamish Declan Brendan Niall"
    ),
    ("british", FEMALE): (
        "Sarah Claire Emma Nicola Karen Susan Helen Joanne Rachel Laura Rebecca Victoria Samantha Lisa "
        "Michelle Amanda Louise Alison Julie Jane Catherine Kate Katie Gemma Kelly Donna Tracey Jennifer "
        "Charlotte Amy Hannah Lucy Jessica Sophie Emily Chloe Megan Bethany Lauren Natalie Stacey Zoe "
        "Holly Georgia Eleanor Alice Ruth Fiona Heather Bronwen Siân Niamh Aoife Róisín Eilidh Zoë Chloë"
    ),
    ("south_asian", MALE): (
        "Mohammed Imran Asif Tariq Adnan Bilal Hamza Usman Faisal Kamran Rajesh Sanjay Vikram Amit Nikhil "
        "Rohan Arjun Harpreet Gurdeep Manjit Jaspal Ravinder Sukhdev Anil Deepak Kiran Shahid Zubair"
    ),
    ("south_asian", FEMALE): (
        "Aisha Fatima Nadia Saima Farah Shabana Rukhsana Zara Priya Anita Sunita Meera Kavita Neha Pooja "
        "Harjit Manpreet Jasleen Simran Gurpreet Rupinder Deepa Nasreen Samina Hina Sana"
    ),
    ("black", MALE): (
        "Kwame Kofi Emeka Chidi Tunde Segun Femi Ade Kelechi Babatunde Marlon Leroy Delroy Winston Curtis "
        "Andre Jermaine Tyrone Errol Clive Desmond Nathaniel Isaiah Elijah Moses Abel Yusuf Abdi"
    ),
    ("black", FEMALE): (
        "Abena Akosua Ama Ngozi Chioma Amara Folake Yetunde Funmi Ifeoma Marcia Beverley Sonia Yvonne "
        "Claudette Sharlene Keisha Tanisha Shanice Naomi Esther Grace Blessing Comfort Hodan Amina"
    ),
    ("east_european", MALE): (
        "Piotr Krzysztof Tomasz Marcin Paweł Michał Łukasz Andrzej Marek Jakub Andrei Mihai Ion Vasile "
        "Georgi Dimitar Tomáš Jiří Zoltán László Aleksandr Dmitri"
    ),
    ("east_european", FEMALE): (
        "Katarzyna Agnieszka Małgorzata Anna Magdalena Joanna Ewa Monika Karolina Zofia Elena Ioana Maria "
        "Desislava Petra Lucie Ágnes Zsófia Natalia Oksana"
    ),
    ("chinese", MALE): "Wei Ming Jun Hao Kai Chun Tak Wing Siu Ho Jian Peng Yong Kevin Jason Alan",
    ("chinese", FEMALE): "Mei Ling Xin Yan Hui Fang Li Na Wai Suet Mun Yee Kitty Vivian Grace Joyce",
    ("middle_eastern", MALE): "Mehmet Mustafa Ahmet Emre Murat Ali Hassan Hussein Karim Omar Reza Dariush Youssef",
    ("middle_eastern", FEMALE): "Ayşe Elif Zeynep Leyla Yasmin Layla Mariam Nour Shirin Parisa Hala Dalia",
}  # fmt: skip

SURNAMES: dict[str, str] = {
    "british": (
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White "
        "Roberts Green Hall Wood Jackson Clarke Hughes Edwards Turner Hill Moore Clark Harris Cooper Ward "
        "Morris King Lewis Baker Lee Allen Morgan Scott Phillips Watson Davis Parker Bennett Price Griffiths "
        "Young James Mitchell Shaw Cook Simpson Richardson Marshall Collins Carter Bailey Gray Adams Cox "
        "Ellis Chapman Mills Foster Graham Reid Murray Stewart Campbell Ross Hamilton Kelly Murphy O'Brien "
        "O'Connor Byrne Ryan Doyle Walsh Gallagher McCarthy McDonald McGregor MacLeod Fraser Pritchard Pugh "
        "Vaughan Llewellyn Bevan Probert Howell Beddoes"
    ),
    "south_asian": (
        "Khan Ahmed Hussain Ali Malik Akhtar Begum Mahmood Iqbal Chaudhry Patel Shah Sharma Gupta Mehta Desai "
        "Singh Kaur Gill Sandhu Dhillon Bains Rahman Chowdhury Miah Uddin Siddiqui Qureshi Mistry Joshi"
    ),
    "black": (
        "Adeyemi Okafor Okonkwo Balogun Eze Mensah Boateng Owusu Asante Osei Agyeman Nwosu Campbell Williams "
        "Brown Grant Francis Morrison Bailey Reid Gordon Clarke Thompson Bennett Lawal Mohamed Hassan Abdi"
    ),
    "east_european": (
        "Nowak Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Popescu "
        "Ionescu Georgiev Ivanov Petrov Novák Horváth Nagy Kovalenko Jankauskas"
    ),
    "chinese": "Chan Wong Lee Cheung Lam Leung Ng Ho Chen Wang Li Zhang Liu Yang Tang Yeung",
    "middle_eastern": "Yılmaz Kaya Demir Şahin Öztürk Hosseini Karimi Rezaei Hassan Haddad Mansour Aziz",  # noqa: RUF001 - a Turkish letter, meant
}  # fmt: skip

FIRST_HALVES = (
    "Ash Beck Birch Bram Brack Cald Chad Cran Dun Elm Fair Fen Gars Gild Hals Harg Hath Hazel Hethers "
    "Holm Ings Kelb Kirk Lang Led Lind Lock Marl Mel Nether Oaken Over Pem Pick Rad Rav Red Rish Row Sand "
    "Sel Shad Skel Stan Stave Stock Sutt Tarn Thack Thorn Thur Tid Ulver Wad Wain Wal Whit Wick Win Yar"
)
SECOND_HALVES = (
    "bourne brook bury by cliffe combe cote croft dale den ell erby erton field ford gate grave ham hurst "
    "ington ison land leigh ley low man mere more ridge row sett shaw side ster thwaite ton well wick wood worth"
)

HERITAGE_SHARE = {
    "british": 0.855,
    "south_asian": 0.055,
    "black": 0.035,
    "east_european": 0.03,
    "chinese": 0.008,
    "middle_eastern": 0.017,
}
"""How often each heritage occurs; an assumption, no published figure is claimed."""

ETHNICITY = {
    "british": {"W1": 0.93, "W9": 0.05, "M9": 0.02},
    "south_asian": {"A1": 0.4, "A2": 0.38, "A3": 0.12, "A9": 0.1},
    "black": {"B1": 0.45, "B2": 0.4, "B9": 0.1, "M1": 0.05},
    "east_european": {"W9": 1.0},
    "chinese": {"O1": 0.95, "M9": 0.05},
    "middle_eastern": {"O9": 0.7, "W9": 0.2, "A9": 0.1},
}
"""Self-defined ethnicity in the 16+1 codes, as an HR system writes it."""

NEVER = frozenset(
    {"Carrick", "Couzens", "Kent", "Surrey", "Sussex", "Essex", "Cleveland", "Durham"}
)
"""Words that no name of this world may be: reported people and real forces."""
