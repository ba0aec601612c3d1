//! Fields of the body: sport, health, care.

use super::{Aspect, Domain};

pub(super) static SPORT_GEAR: Domain = Domain {
    signals: &[
        "shoe",
        "sneaker",
        "boot",
        "trail",
        "racket",
        "tent",
        "backpack",
        "kayak",
        "ski",
        "snowboard",
        "hiking",
        "helmet",
        "dumbbell",
        "treadmill",
        "golf",
        "fishing",
        "camping",
        "jersey",
        "wetsuit",
        "climbing",
    ],
    readers: [
        "people who train a few times a week and want gear that lasts",
        "beginners who buy their first proper gear",
    ],
    aspects: [
        Aspect {
            name: "fit",
            check: "Try it the way you will use it, with the same socks and at the time of day you train.",
            why: "A good fit prevents more trouble than any feature on the label.",
        },
        Aspect {
            name: "cushioning",
            check: "Match firmness to your weight, your pace and the ground you move on.",
            why: "Too soft tires you out, too hard punishes every mistake.",
        },
        Aspect {
            name: "grip",
            check: "Name the surface you use most and choose for that one.",
            why: "Gear made for everything is rarely at home anywhere.",
        },
        Aspect {
            name: "weight",
            check: "Weigh it in your hand, then ask whether you would notice the difference after an hour.",
            why: "Lightness costs money and often life span.",
        },
        Aspect {
            name: "durability",
            check: "Look at seams, soles and the places that rub first.",
            why: "Cost per outing says more than the price tag.",
        },
        Aspect {
            name: "weather",
            check: "Decide whether you go out in rain, heat or cold, and how often.",
            why: "Waterproof gear is also warmer and slower to dry.",
        },
    ],
    mistakes: [
        ("buying for the look or for a famous name", "Start from your body and your surface, then look at brands."),
        ("changing everything at once", "Swap one piece, use it for a week or two, then judge."),
        ("ignoring size differences between makers", "Measure in centimetres and compare with each maker’s chart."),
        (
            "keeping worn-out gear because it still looks fine",
            "Note when you started using it and check for wear every month.",
        ),
    ],
    steps: [
        ("Write down how you train", "Note surface, distance, frequency and anything that hurts."),
        ("Measure before you shop", "Take your sizes in the evening, standing, on both sides."),
        ("Narrow it down to three", "Sort by fit and purpose first and by price last."),
        ("Test under real conditions", "Use the trial period for a short, a long and a hard session."),
        ("Keep a record", "Write down date, use and first signs of wear, so the next choice is easier."),
    ],
    needs: [
        "your measurements",
        "an honest idea of how often you train",
        "the old pair or piece for comparison",
        "the return conditions of the shop",
    ],
    evidence: ["photos after some weeks of real use", "weights and sizes measured by you"],
    scenes: [
        "gear laid out on a wooden floor beside an open door, morning light",
        "a runner tying a lace on a park path, seen from close to the ground",
    ],
};

pub(super) static TRAINING: Domain = Domain {
    signals: &[
        "marathon",
        "workout",
        "exercise",
        "yoga",
        "muscle",
        "stretching",
        "fitness",
        "gym",
        "strength",
        "running",
        "jogging",
        "pilates",
        "hiit",
        "mobility",
        "swim",
        "squat",
        "pushup",
    ],
    readers: ["people who train beside a job and a family", "beginners who want a plan they can keep"],
    aspects: [
        Aspect {
            name: "starting level",
            check: "Describe honestly what you can do today without strain.",
            why: "A plan that starts too high ends in week three.",
        },
        Aspect {
            name: "time per week",
            check: "Count the sessions that fit a normal week, not a perfect one.",
            why: "Regularity beats volume.",
        },
        Aspect {
            name: "progression",
            check: "Raise only one thing at a time: duration, frequency or intensity.",
            why: "Small steps leave room for a bad week.",
        },
        Aspect {
            name: "recovery",
            check: "Plan rest days before you plan the hard ones.",
            why: "Adaptation happens between sessions.",
        },
        Aspect {
            name: "technique",
            check: "Film one set or one minute and compare it with a good example.",
            why: "Clean movement allows more training with less risk.",
        },
        Aspect {
            name: "measurement",
            check: "Pick one number to follow and look at it once a week.",
            why: "Progress that is not written down is easily missed.",
        },
    ],
    mistakes: [
        ("starting with the hardest plan that can be found", "Begin one level lower and move up after two easy weeks."),
        ("training through pain", "Stop, rest, and see a professional when it stays."),
        ("copying somebody else’s schedule", "Keep the principle and fit the days to your own week."),
        ("skipping the warm-up", "Give the first ten minutes to easy movement."),
    ],
    steps: [
        ("Set one goal with a date", "A single goal decides what to leave out."),
        ("Test where you stand", "Do one short, repeatable test and write the result down."),
        ("Lay out the weeks", "Place key sessions first, rest second, everything else last."),
        ("Train and take notes", "Two lines per session are enough: what you did and how it felt."),
        ("Review every fourth week", "Repeat the test and change one thing."),
    ],
    needs: [
        "a calendar with realistic gaps",
        "clothes and shoes you already know",
        "a simple log",
        "a plan for bad weather",
    ],
    evidence: ["a sample week as a table", "a log from several weeks, good days and bad ones"],
    scenes: [
        "an open training diary with a stopwatch and a water bottle",
        "an empty running track at sunrise with long shadows",
    ],
};

pub(super) static HEALTH: Domain = Domain {
    signals: &[
        "health",
        "pain",
        "symptom",
        "sleep",
        "anxiety",
        "stress",
        "diet",
        "vitamin",
        "supplement",
        "allergy",
        "doctor",
        "therapy",
        "headache",
        "immune",
        "protein",
        "calorie",
        "weight",
        "caffeine",
        "posture",
        "meditation",
    ],
    readers: [
        "adults who want to understand the topic before they talk to a professional",
        "people who look after somebody else’s health",
    ],
    aspects: [
        Aspect {
            name: "what is normal",
            check: "Learn the usual range and when it changes.",
            why: "Most worry comes from not knowing what to expect.",
        },
        Aspect {
            name: "the likely cause",
            check: "Look at the common and harmless causes before the rare ones.",
            why: "Rare things are rare, and worry costs sleep.",
        },
        Aspect {
            name: "self-help",
            check: "Separate what is well supported from what is only popular.",
            why: "The most shared remedy is seldom the best tested.",
        },
        Aspect {
            name: "when to see somebody",
            check: "Set yourself clear signs and a time limit.",
            why: "This is the point that protects you.",
        },
        Aspect {
            name: "interaction with medicines",
            check: "Think of medicines, pregnancy and existing conditions.",
            why: "Harmless advice can be wrong in your case.",
        },
        Aspect {
            name: "time to an effect",
            check: "Find out how long to wait before judging.",
            why: "Too early a verdict leads from one remedy to the next.",
        },
    ],
    mistakes: [
        ("treating a symptom without asking where it comes from", "Note when it appears and what happened before."),
        ("trying several things at once", "Change one habit at a time and give it two weeks."),
        ("trusting a single source", "Compare a public health service with a recent review."),
        ("waiting too long", "Agree with yourself on a date after which you ask a professional."),
    ],
    steps: [
        ("Observe for a week", "Write down time, circumstances and intensity."),
        ("Rule out the simple causes", "Look at sleep, food, movement, stress and medicines."),
        ("Change one thing", "Choose the easiest change with the best support."),
        ("Review honestly", "Compare the notes from before and after."),
        ("Get advice", "Take the notes to a doctor or pharmacist; they shorten the talk."),
    ],
    needs: [
        "a few days of notes",
        "a list of medicines and supplements",
        "the questions you want answered",
        "one trustworthy reference",
    ],
    evidence: [
        "guidelines of a health authority, with their date",
        "the name and qualification of the person who checked the text",
    ],
    scenes: [
        "a calm bedroom window with soft daylight and a glass of water",
        "a notebook, a pen and a cup of herbal tea on a plain table",
    ],
};

pub(super) static BEAUTY: Domain = Domain {
    signals: &[
        "skin",
        "skincare",
        "hair",
        "makeup",
        "serum",
        "retinol",
        "moisturizer",
        "sunscreen",
        "acne",
        "shampoo",
        "nail",
        "beard",
        "curly",
        "lipstick",
        "perfume",
        "mascara",
        "cleanser",
        "wrinkle",
    ],
    readers: ["people who want a routine that fits into ten minutes", "readers with sensitive skin or difficult hair"],
    aspects: [
        Aspect {
            name: "skin or hair type",
            check: "Find out your type on a day without products.",
            why: "The same product can calm one skin and upset another.",
        },
        Aspect {
            name: "the list of ingredients",
            check: "Read the first five entries of the list.",
            why: "They make up most of what is in the bottle.",
        },
        Aspect {
            name: "strength",
            check: "Start with the lowest concentration and the fewest days.",
            why: "Irritation sets you back further than patience does.",
        },
        Aspect {
            name: "order of use",
            check: "Go from thin to thick and protect last in the morning.",
            why: "Layers in the wrong order undo each other.",
        },
        Aspect {
            name: "time to a result",
            check: "Give a new product four to six weeks.",
            why: "Skin and hair change slowly.",
        },
        Aspect {
            name: "price per month",
            check: "Work out how long a pack lasts.",
            why: "Small bottles hide large prices.",
        },
    ],
    mistakes: [
        ("starting several new products in one week", "Add one and wait ten days before the next."),
        ("skipping the patch test", "Try it behind the ear or on the forearm for two days."),
        ("copying a routine made for another type", "Keep the order and exchange the products."),
        ("stopping as soon as it looks better", "Reduce slowly and keep the basics."),
    ],
    steps: [
        ("Take stock", "Put everything you use on a table and sort by purpose."),
        ("Reduce to the basics", "Clean, care, protect: live with that for a week."),
        ("Add one active product", "Choose it for the one thing that bothers you most."),
        ("Watch and note", "Take a photo in the same light once a week."),
        ("Adjust to the season", "Heat, cold and dry air change what you need."),
    ],
    needs: [
        "a mirror in daylight",
        "the ingredient lists of what you use now",
        "a spot for a patch test",
        "some patience",
    ],
    evidence: ["dated photos in the same light, without filters", "full ingredient lists"],
    scenes: [
        "glass bottles and a folded towel on pale stone, side light",
        "a bathroom shelf with few, well-chosen things",
    ],
};
