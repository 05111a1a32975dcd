"""Parts of names. Every combination is fictional: a test holds the places against the register of real besturen."""

PLACE_HEADS = (
    "Sint-Amands", "Sint-Oda", "Sint-Wivina", "Sint-Aldegonds", "Mispel", "Ekster", "Kwikstaart", "Lijster",
    "Hazel", "Vlier", "Berken", "Wilgen", "Roze", "Distel", "Turf", "Klaver", "Haver", "Linnen", "Zwaluw", "Reiger",
    "Otter", "Kievit", "Meidoorn", "Braam",
)  # fmt: skip
PLACE_TAILS = ("rode", "donk", "hove", "kouter", "voorde", "drecht", "zele", "kapelle", "akker", "wijve", "lare")
PROVINCE_HEADS = ("Midden", "Neder", "Boven", "Opper", "Binnen", "Achter", "Voor", "Tussen", "Lage", "Hoge")
PROVINCE_TAILS = ("Schelde", "Leie", "Dijle", "Dender", "Demer", "Nete", "Mark", "Durme", "Gete", "Zwalm")
AGB_NAMES = ("Vrije Tijd", "Sport en Cultuur", "Stadsvernieuwing", "De Schakel", "Het Spoor", "Leeft", "Ontmoet")

FIRST_NAMES = (
    "Annelies", "Anouk", "Arne", "Bart", "Bavo", "Brecht", "Britt", "Cédric", "Chiara", "Dieter", "Dorien", "Elke",
    "Emiel", "Els", "Fatima", "Femke", "Filip", "Floor", "Geert", "Goedele", "Griet", "Hamza", "Hanne", "Hendrik",
    "Ilse", "Ingrid", "Jana", "Jeroen", "Joke", "Jonas", "Karel", "Katrien", "Kobe", "Lander", "Leen", "Lies",
    "Lotte", "Maarten", "Marijke", "Maya", "Merel", "Michiel", "Nele", "Noor", "Pieter", "Raf", "Reinhilde", "Ruben",
    "Saar", "Sander", "Siebe", "Sofie", "Stijn", "Tine", "Thijs", "Veerle", "Warre", "Wout", "Yasmina", "Zoë",
)  # fmt: skip
FAMILY_NAMES = (
    "Van Elstraete", "De Wachtere", "Verstockt", "Moerenhoudt", "Vanderlinckt", "Kestelyn", "Van Hoorenbeek",
    "De Brouckère", "Verhaverbeek", "Stevelinck", "Van Rompuyt", "Goormanne", "Wijnantsen", "De Clerckx",
    "Van Gasthuys", "Tavernaers", "Houbregts", "Lambrieu", "Van Overmeiren", "Roelandts", "Desmettere", "Willockaert",
    "Vermaelen", "Pauwelijns", "Cauwelbroeck", "Van Dorslaere", "Baertsoens", "Haegedoren", "De Meuldere",
    "Opdewegh", "Van Steenputte", "Kwanten", "De Torfs", "Verlindenhof", "Hazevoets", "Van Leemput", "Braemkens",
    "De Kouters", "Veldekens", "Meirhaegh", "Vossenberg", "De Rijckel", "Van Distelberghe", "Klaverhoudt",
    "Sneppenaers", "Van Turnhoven", "De Vliegher", "Hopmans", "Zwaenepoels", "Van Kerckhoudt", "Linthouts",
    "De Smedekens", "Wuytiens", "Van Poppelen", "Goethalinck", "Ballegeerts", "De Hazelaer", "Rogghemans",
    "Van Quaethoven", "Spriethof", "Timmerveld", "De Waegeneere", "Van Wolvelare", "Duynslaeger", "Eeckelaert",
    "Van Beverzele", "De Ganzen", "Hollebecq", "Ysewaert", "Van Nieuwenhof", "Coppensteen", "De Schepperhof",
    "Lievrouws", "Van Puttenaer", "Meulenyzer", "De Koninghof", "Verschaffelt", "Van Eyckendael", "Bosteelen",
    "De Lathauw", "Geirnaerts", "Van Zandvoordt", "Thienponts", "De Baerdemaker", "Ronsevael", "Van Mullemberg",
)  # fmt: skip

FRACTIES = (
    "Dorpskracht", "Samen Anders", "Nieuw Elan", "Groene Kern", "Lijst van de Burgemeester", "Onze Gemeente",
    "Burgerforum", "Vrij en Vooruitziend", "Hart voor Morgen", "De Brug", "Kompas", "Solidair Lokaal",
)  # fmt: skip

STREET_HEADS = (
    "Kerk", "Molen", "School", "Stations", "Nieuwe", "Kapel", "Linden", "Beuken", "Kasteel", "Veld", "Bos", "Beek",
    "Meers", "Dries", "Hoge", "Lange", "Brouwers", "Wevers", "Smids", "Abdij", "Vaart", "Zand", "Populieren",
    "Leeuwerik", "Klaproos", "Zonnebloem", "Hopveld", "Steenoven",
)  # fmt: skip
# All of one gender, so that "in de {straat}" is always right.
STREET_TAILS = ("straat", "laan", "weg", "dreef", "steenweg", "kouter", "baan", "lei")
ASSOCIATIONS = (
    "Koninklijke Harmonie Sint-Cecilia", "Wandelclub De Trage Weg", "Chiro De Springplank", "KLJ Veldzicht",
    "Toneelkring De Spotvogel", "Natuurpunt-werkgroep De Otter", "Voetbalclub Eendracht", "Turnkring Elan",
    "Seniorenraad", "Heemkundige Kring De Drie Lindes", "Oudercomité De Regenboog", "Wielerclub De Snelle Kasseien",
    "Scoutsgroep De Reiger", "Volkstuinvereniging De Spade", "Zwemclub De Waterjuffer", "Fanfare De Eendracht",
    "Badmintonclub De Pluim", "Repair Café De Schroef", "Buurtcomité De Statie", "Imkersgilde De Honingraat",
)  # fmt: skip
SCHOOLS = ("De Regenboog", "Het Kompas", "De Klimtoren", "De Vlinder", "Ter Linde", "De Zonnewijzer", "Het Anker")
# Neutral names: a firm may be asked for any work.
FIRMS = (
    "Terwilgen nv", "Moerkerk en Zonen bv", "Infra Nova nv", "Haverland bv", "Kadans cv", "Hooghuys bv",
    "Lumen-West nv", "Steenput nv", "Vierkant cv", "Atelier Noord bv", "De Kraanvogel cv", "Schelp en Zand nv",
)  # fmt: skip
PLACES_OF_MEETING = ("raadzaal", "trouwzaal", "grote vergaderzaal", "zaal Ter Meersen", "zaal De Zwaluw")
SERVICES = (
    "Burgerzaken", "Omgeving", "Financiën", "Vrije Tijd", "Mobiliteit", "Communicatie", "Personeel", "Klimaat",
    "Bibliotheek", "Jeugd",
)  # fmt: skip
EVENTS = (
    "de jaarmarkt", "de kermis", "de avondmarkt", "de wielerwedstrijd", "de kerstmarkt", "de rommelmarkt",
    "het straattheaterfestival", "de dorpsloop", "de Gordel-wandeltocht", "de Elfnovemberherdenking",
)  # fmt: skip
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
ORDINALS = (
    "Eerste", "Tweede", "Derde", "Vierde", "Vijfde", "Zesde", "Zevende", "Achtste", "Negende", "Tiende", "Elfde",
    "Twaalfde", "Dertiende", "Veertiende", "Vijftiende", "Zestiende", "Zeventiende", "Achttiende", "Negentiende",
    "Twintigste", "Eenentwintigste", "Tweeëntwintigste", "Drieëntwintigste", "Vierentwintigste",
    "Vijfentwintigste", "Zesentwintigste", "Zevenentwintigste", "Achtentwintigste", "Negenentwintigste",
    "Dertigste", "Eenendertigste",
)  # fmt: skip
