-- A data folder as the program of schema 9 left it, dumped by sqlite3: one site with keywords in two imports, two
-- articles with their images, one of them published, a grant and a limit. Kept as it is; never edited.
PRAGMA application_id=1229409848;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE refinery_schema_history(
             version int4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));
INSERT INTO refinery_schema_history VALUES(1,'planning','2026-11-26T02:59:31.32780476Z','17200848730095801528');
INSERT INTO refinery_schema_history VALUES(2,'ledger','2026-11-26T02:59:31.327827714Z','14355489875689908153');
INSERT INTO refinery_schema_history VALUES(3,'work','2026-11-26T02:59:31.327830348Z','14703690489049656494');
INSERT INTO refinery_schema_history VALUES(4,'reports','2026-11-26T02:59:31.327833683Z','15748202125966155168');
INSERT INTO refinery_schema_history VALUES(5,'passed_over','2026-11-26T02:59:31.327835956Z','11842749205174310552');
INSERT INTO refinery_schema_history VALUES(6,'undo_and_slugs','2026-11-26T02:59:31.32783852Z','12108883340167798497');
INSERT INTO refinery_schema_history VALUES(7,'money','2026-11-26T02:59:31.327840403Z','5642264439535096010');
INSERT INTO refinery_schema_history VALUES(8,'forecast','2026-11-26T02:59:31.327842907Z','14592105293298311047');
INSERT INTO refinery_schema_history VALUES(9,'usage','2026-11-26T02:59:31.327844799Z','1475600276440283306');
CREATE TABLE site (
  id integer primary key autoincrement,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('wordpress', 'folder')),
  url text not null default '',
  api_url text not null default '',
  user_name text not null default '',
  has_secret integer not null default 0 check (has_secret in (0, 1)),
  connection text not null default 'untested' check (connection in ('untested', 'ok', 'failed')),
  connection_code text not null default '',
  probe text not null default '{}' check (json_valid(probe)),
  tested_at integer not null default 0,
  language text not null default 'en',
  zone text not null default 'UTC',
  brand_color text not null default '#4453c7' check (length(brand_color) = 7),
  is_sample integer not null default 0 check (is_sample in (0, 1)),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
INSERT INTO site VALUES(1,'Tea','folder','','','',0,'untested','','{}',0,'en','UTC','#4453c7',0,1795661971389,1795661971389,0);
CREATE TABLE sector (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  name text not null check (length(name) between 1 and 200),
  created_at integer not null,
  removed_at integer not null default 0
) strict;
INSERT INTO sector VALUES(1,1,'Leaves',1795661971389,0);
CREATE TABLE cluster (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  name text not null check (length(name) between 1 and 200),
  description text not null default '',
  status text not null default 'new' check (status in ('new', 'mapped')),
  is_disabled integer not null default 0 check (is_disabled in (0, 1)),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
INSERT INTO cluster VALUES(1,1,1,'Green Tea Benefits','Searches for “green tea benefits”, from readers who want to understand, with questions such as “how to brew green tea”.','mapped',0,1795661971601,1795661971701,0);
INSERT INTO cluster VALUES(2,1,1,'Best Teapot','Searches for “best teapot”, from readers who compare before they choose, with questions such as “teapot sizes”.','mapped',0,1795661971601,1795661971701,0);
CREATE TABLE keyword (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  text text not null check (length(text) between 1 and 200),
  -- The folded form under which two spellings are one keyword.
  key text not null,
  -- Unknown is null, never 0: a keyword nobody searches for differs from one nobody has measured.
  volume integer check (volume >= 0),
  difficulty integer check (difficulty between 0 and 100),
  cpc_nano integer check (cpc_nano >= 0),
  intent text not null default '' check (intent in ('', 'informational', 'commercial', 'transactional', 'navigational')),
  country text not null default '',
  source text not null default '',
  cluster_id integer references cluster(id),
  status text not null default 'new' check (status in ('new', 'mapped')),
  is_disabled integer not null default 0 check (is_disabled in (0, 1)),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0, passed_over_at integer not null default 0,
  check ((status = 'mapped') = (cluster_id is not null))
) strict;
INSERT INTO keyword VALUES(1,1,1,'green tea benefits','green tea benefits',900,NULL,NULL,'informational','','k.csv',1,'mapped',0,1795661971463,1795661978293,0,0);
INSERT INTO keyword VALUES(2,1,1,'best teapot','best teapot',300,NULL,NULL,'commercial','','k.csv',2,'mapped',0,1795661971463,1795661978293,0,0);
INSERT INTO keyword VALUES(3,1,1,'teapot sizes','teapot sizes',200,NULL,NULL,'','','k.csv',2,'mapped',0,1795661971463,1795661978293,0,0);
INSERT INTO keyword VALUES(4,1,1,'how to brew green tea','how to brew green tea',500,NULL,NULL,'informational','','k.csv',1,'mapped',0,1795661971463,1795661978293,0,0);
INSERT INTO keyword VALUES(9,1,1,'white tea','white tea',NULL,NULL,NULL,'','','l.csv',NULL,'new',0,1795661978352,1795661978352,0,0);
INSERT INTO keyword VALUES(10,1,1,'oolong tea','oolong tea',NULL,NULL,NULL,'','','l.csv',NULL,'new',0,1795661978352,1795661978352,0,0);
CREATE TABLE idea (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  cluster_id integer references cluster(id),
  title text not null check (length(title) between 1 and 200),
  description text not null default '',
  keywords text not null default '[]' check (json_valid(keywords)),
  content_type text not null check (content_type in ('post', 'page', 'product', 'taxonomy')),
  content_structure text not null check (content_structure in ('article', 'guide', 'comparison', 'review', 'listicle',
    'landing_page', 'business_page', 'service_page', 'general', 'cluster_hub', 'product_page', 'category_archive',
    'tag_archive', 'attribute_archive')),
  word_count_target integer not null check (word_count_target between 100 and 10000),
  status text not null default 'new' check (status in ('new', 'queued', 'completed')),
  is_disabled integer not null default 0 check (is_disabled in (0, 1)),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
INSERT INTO idea VALUES(1,1,1,1,'5 Green Tea Benefits and What Makes Them Work','Angle: choose rather than collect: each entry says for whom it works, what it takes and how to begin. Reader: home brewers who want the same good cup every day. Cover: “green tea benefits” and “how to brew green tea”; say something about ratio, grind and water. Show your own recipe in grams, degrees and minutes.','["green tea benefits","how to brew green tea"]','post','listicle',1450,'completed',0,1795661971701,1795661971844,0);
INSERT INTO idea VALUES(2,1,1,2,'How to Choose the Best Teapot','Angle: no ranking by fame: criteria first, then a pick for each typical need, with the reason and the price of choosing it. Reader: people with a balcony, a bed or a bright window. Cover: “best teapot” and “teapot sizes”; say something about light, water and soil. Show dated photos of growth.','["best teapot","teapot sizes"]','post','listicle',1750,'completed',0,1795661971701,1795661971907,0);
CREATE TABLE task (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  cluster_id integer references cluster(id),
  idea_id integer references idea(id),
  status text not null default 'queued' check (status in ('queued', 'completed', 'failed')),
  -- Counts the wished-for rewritings, so that an unchanged task is recognised as already paid.
  variation integer not null default 0 check (variation >= 0),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
INSERT INTO task VALUES(1,1,1,1,1,'completed',0,1795661971784,1795661971844,0);
INSERT INTO task VALUES(2,1,1,2,2,'completed',0,1795661971784,1795661971907,0);
CREATE TABLE content (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  sector_id integer not null references sector(id),
  cluster_id integer references cluster(id),
  task_id integer references task(id),
  title text not null check (length(title) between 1 and 200),
  slug text not null,
  excerpt text not null default '',
  meta_title text not null default '',
  meta_description text not null default '',
  primary_keyword text not null default '',
  secondary_keywords text not null default '[]' check (json_valid(secondary_keywords)),
  tags text not null default '[]' check (json_valid(tags)),
  categories text not null default '[]' check (json_valid(categories)),
  internal_links text not null default '[]' check (json_valid(internal_links)),
  content_type text not null check (content_type in ('post', 'page', 'product', 'taxonomy')),
  content_structure text not null check (content_structure in ('article', 'guide', 'comparison', 'review', 'listicle',
    'landing_page', 'business_page', 'service_page', 'general', 'cluster_hub', 'product_page', 'category_archive',
    'tag_archive', 'attribute_archive')),
  is_outline integer not null default 0 check (is_outline in (0, 1)),
  word_count integer not null default 0 check (word_count >= 0),
  version integer not null default 1 check (version >= 1),
  status text not null default 'draft' check (status in ('draft', 'review', 'approved')),
  delivery text not null default 'not_published'
    check (delivery in ('not_published', 'scheduled', 'publishing', 'published', 'failed')),
  scheduled_publish_at integer not null default 0,
  published_at integer not null default 0,
  external_id text not null default '',
  external_url text not null default '',
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict;
INSERT INTO content VALUES(1,1,1,1,1,'5 Green Tea Benefits and What Makes Them Work','5-green-tea-benefits-and-what-makes-them-work','The most useful green tea benefits are the ones that fit your situation. Look at ratio, grind and water before you pick, and begin with one. The list is sorted by need; each entry says what it takes and where it is the wrong choice.','5 Green Tea Benefits and What Makes Them Work | Tea','Green tea benefits: a short selection with what each one takes and for whom it works. With notes on ratio, grind and water.','green tea benefits','["how to brew green tea"]','["green tea benefits","brewing green tea"]','["Leaves","Green Tea Benefits"]','[]','post','listicle',1,627,1,'review','not_published',0,0,'','',1795661971844,1795661974755,0);
INSERT INTO content VALUES(2,1,1,2,2,'How to Choose the Best Teapot','how-to-choose-the-best-teapot','The best teapot can be found without reading fifty tests. Settle light, then water, then soil, and only a handful of options remain. The list is sorted by need; each entry says what it takes and where it is the wrong choice.','How to Choose the Best Teapot | Tea','How to choose the best teapot: the criteria that matter and a shortlist by need. With notes on light, water and soil. Clear and to the point.','best teapot','["teapot sizes"]','["teapot","teapot sizes","best teapot"]','["Leaves","Best Teapot"]','[]','post','listicle',1,792,1,'approved','published',0,1795661978059,'how-to-choose-the-best-teapot-648f28f052','file:///home/ada/data/published/tea-1/how-to-choose-the-best-teapot/index.html',1795661971907,1795661978059,0);
CREATE TABLE content_version (
  id integer primary key autoincrement,
  content_id integer not null references content(id),
  version integer not null check (version >= 1),
  html text not null,
  origin text not null check (origin in ('model', 'person')),
  created_at integer not null,
  unique (content_id, version)
) strict;
INSERT INTO content_version VALUES(1,1,1,replace('<p>The most useful green tea benefits are the ones that fit your situation. Look at ratio, grind and water before you pick, and begin with one. The list is sorted by need; each entry says what it takes and where it is the wrong choice. It is written for home brewers who want the same good cup every day.</p>\n<h2>Know the Situation First</h2>\n<p>It helps to know the situation before the solution. Think of the last time you needed green tea benefits: where were you, what was missing, and what did you do instead?</p>\n<blockquote>\n<p><strong>To write:</strong> describe one situation of your own in which green tea benefits made the difference, with place and time.</p>\n</blockquote>\n<h2>The Comparison at a Glance</h2>\n<p>A table keeps a comparison honest: every option has to answer the same questions, in the same words.</p>\n<table><thead><tr><th>Criterion</th><th>How to check</th><th>Why it matters</th></tr></thead><tbody>\n<tr><td><strong>Ratio</strong></td><td>Weigh both sides and write the numbers down.</td><td>A scale removes most of the guesswork.</td></tr>\n<tr><td><strong>Grind</strong></td><td>Change the grind one step at a time and taste again.</td><td>It sets how fast flavour comes out.</td></tr>\n<tr><td><strong>Water</strong></td><td>Use fresh water and note its temperature.</td><td>Most of the cup is water, so its taste and heat decide.</td></tr>\n</tbody></table>\n<blockquote>\n<p><strong>To write:</strong> add a column for each option, with figures of the same date and source.</p>\n</blockquote>\n<h2>The List</h2>\n<p>The entries stand in the order in which most people need them. Read the first line of each and stay where it sounds like you.</p>\n<h3>1. If Cleanliness Comes First</h3>\n<p>Rinse after each use and clean thoroughly once a week. Old oils turn rancid and cover everything else.</p>\n<h3>2. Think of Time</h3>\n<p>Time every brew from first contact to last drop. Sour often means too short, bitter often means too long.</p>\n<h3>3. Start from Freshness</h3>\n<p>Look for a roast or harvest date and buy small packs. Old stock tastes flat whatever the method.</p>\n<h3>4. Do Not Forget Purpose</h3>\n<p>Say in one sentence what you need it for. Everything else follows from the purpose.</p>\n<h3>5. If Quality Comes First</h3>\n<p>Find out how good differs from good enough. Beyond that point you pay for nothing.</p>\n<blockquote>\n<p><strong>To write:</strong> name a concrete example for each entry and say in one line why it is on the list.</p>\n</blockquote>\n<h2>Worth a Closer Look</h2>\n<p>Not every situation is the ordinary one. Here are the cases people search for most.</p>\n<h3>How to Brew Green Tea</h3>\n<p>Watch out for one thing with brewing green tea: forgetting to look back. Set a date to check what changed.</p>\n<h2>Checklist</h2>\n<p>Tick these off in order. An open point is no disaster, but it should be a decision.</p>\n<ul>\n<li>The purpose written down in one sentence</li>\n<li>Ratio checked</li>\n<li>Grind checked</li>\n<li>Water checked</li>\n<li>Two ways compared, doing nothing included</li>\n<li>A date set to look back</li>\n</ul>\n<h2>Where to Go from Here</h2>\n<p>Settle ratio, check grind, and leave the rest for later. Put a date into the calendar on which you look at the result.</p>\n<blockquote>\n<p><strong>To write:</strong> close with your own recommendation in one sentence.</p>\n</blockquote>\n<h2>Frequently asked questions</h2>\n<h3>Which green tea benefits should I try first?</h3>\n<p>Start with the one that needs the least preparation. Look at ratio and grind before you choose the next.</p>\n<h3>How do you brew green tea?</h3>\n<p>Prepare first, work in a fixed order and check the result before you go on. The points to watch are water, time and freshness.</p>\n<h3>What do most people get wrong with green tea benefits?</h3>\n<p>Often it is judging the first cup after cleaning. Make a second one before you adjust anything.</p>\n<h3>What do I need to get started?</h3>\n<p>Have these ready: a scale, a timer, fresh ingredients and a way to control water temperature. Everything else can wait.</p>\n<h3>Where should I begin?</h3>\n<p>Start with this: set out and weigh. Have everything measured before water gets hot.</p>\n','\n',char(10)),'model',1795661971844);
INSERT INTO content_version VALUES(2,2,1,replace('<p>The best teapot can be found without reading fifty tests. Settle light, then water, then soil, and only a handful of options remain. The list is sorted by need; each entry says what it takes and where it is the wrong choice. It is written for gardeners who lost a plant and want to know why.</p>\n<h2>Know the Situation First</h2>\n<p>It helps to know the situation before the solution. Think of the last time you needed a teapot: where were you, what was missing, and what did you do instead?</p>\n<p>A teapot should solve a problem you can name. Write it down in one sentence before you read on; every later choice becomes easier, and some options fall away at once.</p>\n<blockquote>\n<p><strong>To write:</strong> describe one situation of your own in which a teapot made the difference, with place and time.</p>\n</blockquote>\n<h2>The Comparison at a Glance</h2>\n<p>Copy the table and add a column for each option you consider. Rows in which all options are equal can be crossed out; what stays is the decision.</p>\n<p>A table keeps a comparison honest: every option has to answer the same questions, in the same words.</p>\n<table><thead><tr><th>Criterion</th><th>How to check</th><th>Why it matters</th></tr></thead><tbody>\n<tr><td><strong>Light</strong></td><td>Watch the spot for a day and count the hours of sun.</td><td>No amount of care replaces light.</td></tr>\n<tr><td><strong>Water</strong></td><td>Feel the soil a finger deep before you water.</td><td>More plants drown than dry out.</td></tr>\n<tr><td><strong>Soil</strong></td><td>Check drainage and size before you plant.</td><td>Roots need air as much as water.</td></tr>\n</tbody></table>\n<blockquote>\n<p><strong>To write:</strong> add a column for each option, with figures of the same date and source.</p>\n</blockquote>\n<h2>One by One</h2>\n<p>Nothing on this list is right for everybody. Each entry says whom it suits and what it takes.</p>\n<p>The entries stand in the order in which most people need them. Read the first line of each and stay where it sounds like you.</p>\n<h3>1. If Safety at Home Comes First</h3>\n<p>Look up whether the plant is poisonous. Curious mouths find everything.</p>\n<h3>2. Think of Season</h3>\n<p>Note when it grows and when it rests. The same care is right in May and wrong in December.</p>\n<h3>3. Start from Pest Control</h3>\n<p>Look under the leaves once a week. Early signs are easy to treat.</p>\n<h3>4. Do Not Forget Purpose</h3>\n<p>Say in one sentence what you need it for. Everything else follows from the purpose.</p>\n<h3>5. If Quality Comes First</h3>\n<p>Find out how good differs from good enough. Beyond that point you pay for nothing.</p>\n<blockquote>\n<p><strong>To write:</strong> name a concrete example for each entry and say in one line why it is on the list.</p>\n</blockquote>\n<h2>Who Will Be Happy with It, and Who Should Pass</h2>\n<p>A recommendation is worth little without the person it is meant for. These readers gain most.</p>\n<p>Look for yourself in this list. If you are not in it, the alternatives deserve your time.</p>\n<ul>\n<li>People with a balcony, a bed or a bright window</li>\n<li>Gardeners who lost a plant and want to know why</li>\n<li>People who care more about light than about water</li>\n</ul>\n<blockquote>\n<p><strong>To write:</strong> name the reader who should choose something else, and what.</p>\n</blockquote>\n<h2>What Readers Also Ask</h2>\n<p>Not every situation is the ordinary one. Here are the cases people search for most.</p>\n<h3>Teapot Sizes</h3>\n<p>Watch out for one thing with teapot sizes: forgetting to look back. Set a date to check what changed.</p>\n<h2>Checklist</h2>\n<p>Tick these off in order. An open point is no disaster, but it should be a decision.</p>\n<ul>\n<li>The purpose written down in one sentence</li>\n<li>Light checked</li>\n<li>Water checked</li>\n<li>Soil checked</li>\n<li>Two ways compared, doing nothing included</li>\n<li>A date set to look back</li>\n</ul>\n<h2>Conclusion</h2>\n<p>If you do only one thing after reading, begin with light. Everything else on this page can wait a week.</p>\n<p>Keep three things from this page: light comes first, water second, and a decision with a date beats a perfect one without. Start with the smallest step you can do today.</p>\n<blockquote>\n<p><strong>To write:</strong> close with your own recommendation in one sentence.</p>\n</blockquote>\n<h2>Frequently asked questions</h2>\n<h3>How do I choose a teapot?</h3>\n<p>Decide what you need it for, then compare light, water and soil. Anything that fails the first point can be left out.</p>\n<h3>What should I know about teapot sizes first?</h3>\n<p>Three points carry most of the weight: soil, season and pest control. Settle them in this order and leave the rest for later.</p>\n<h3>What do most people get wrong with a teapot?</h3>\n<p>Often it is feeding a sick plant. Fix light and water first, feed later.</p>\n<h3>What do I need to get started?</h3>\n<p>Have these ready: a suitable pot or bed, the right soil mix, clean, sharp scissors and a place with enough light. Everything else can wait.</p>\n<h3>Where should I begin?</h3>\n<p>Start with this: choose the place. Light, wind and reach come before beauty.</p>\n','\n',char(10)),'model',1795661971907);
CREATE TABLE image (
  id integer primary key autoincrement,
  site_id integer not null references site(id),
  content_id integer not null references content(id),
  image_type text not null check (image_type in ('featured', 'in_article')),
  position integer not null check (position between 0 and 4),
  heading text not null default '',
  prompt text not null,
  alt text not null default '',
  status text not null default 'pending' check (status in ('pending', 'generated', 'failed')),
  error_code text not null default '',
  -- SHA-256 of the stored file, which is its name in the media folder.
  media_hash text not null default '',
  media_type text not null default '' check (media_type in ('', 'image/png', 'image/webp', 'image/jpeg')),
  width integer not null default 0,
  height integer not null default 0,
  bytes integer not null default 0,
  variation integer not null default 0 check (variation >= 0),
  model_id integer,
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0,
  check ((image_type = 'featured') = (position = 0)),
  check ((status = 'generated') = (media_hash <> ''))
) strict;
INSERT INTO image VALUES(1,1,1,'featured',0,'','Wide editorial picture about green tea benefits: steam over a ceramic cup on a dark counter, window light from the left. Calm composition with free space for a title, few colours around #4453c7, no words in the picture.','Title card: “5 Green Tea Benefits and What Makes Them Work”, Tea','generated','','9015e2c5e8198ba379d8a335949a2c6a1805a002139af87381ee83e9c1dd4b4a','image/webp',1200,675,52390,0,2,1795661971988,1795661972919,0);
INSERT INTO image VALUES(2,1,1,'in_article',1,'The Comparison at a Glance','Illustration for the section “The Comparison at a Glance” of an article about green tea benefits: beans, a scale and a kettle from above. Simple shapes, few colours around #4453c7, no words in the picture.','Illustrated card: “The Comparison at a Glance”','generated','','3e875311b7deeb6d6f31217cdffb962a8f67352558b847d0469bb497972ed1cc','image/webp',1024,768,12252,0,2,1795661971988,1795661973811,0);
INSERT INTO image VALUES(3,1,1,'in_article',2,'Worth a Closer Look','Illustration for the section “Worth a Closer Look” of an article about green tea benefits: steam over a ceramic cup on a dark counter, window light from the left. Simple shapes, few colours around #4453c7, no words in the picture.','Illustrated card: “Worth a Closer Look”','generated','','2ed6ee797ff5810491fb5926ce9d2030cd1d76433d8b62a6cbcafe8e3794499b','image/webp',1024,768,30434,0,2,1795661971988,1795661974755,0);
INSERT INTO image VALUES(4,1,2,'featured',0,'','Wide editorial picture about teapot: hands pressing soil around a young plant. Calm composition with free space for a title, few colours around #4453c7, no words in the picture.','Title card: “How to Choose the Best Teapot”, Tea','generated','','fe8c80462c23bce0107edbf394c5e89eb64a9064ca763ff1a717ad342121fa02','image/webp',1200,675,40408,0,2,1795661972001,1795661975696,0);
INSERT INTO image VALUES(5,1,2,'in_article',1,'The Comparison at a Glance','Illustration for the section “The Comparison at a Glance” of an article about teapot: green cuttings in glass jars on a window sill. Simple shapes, few colours around #4453c7, no words in the picture.','Illustrated card: “The Comparison at a Glance”','generated','','42996cdca935b3ab440767787e89949573f1dd1c0b8f70b0dce355c01b5760b1','image/webp',1024,768,40464,0,2,1795661972001,1795661976660,0);
INSERT INTO image VALUES(6,1,2,'in_article',2,'Who Will Be Happy with It, and Who Should Pass','Illustration for the section “Who Will Be Happy with It, and Who Should Pass” of an article about teapot: hands pressing soil around a young plant. Simple shapes, few colours around #4453c7, no words in the picture.','Illustrated card: “Who Will Be Happy with It, and Who Should Pass”','generated','','a03f31cecb19ed95fadec6e2048e9aaf1715f10bbc2e285a6c4b4b32f8616276','image/webp',1024,768,63710,0,2,1795661972001,1795661977668,0);
CREATE TABLE setting (
  key text primary key,
  value text not null check (json_valid(value))
) strict;
INSERT INTO setting VALUES('zone','"Etc/UTC"');
CREATE TABLE account (
  id integer primary key,
  code text not null unique check (code in ('budget', 'extra', 'wallet', 'usage', 'lapsed', 'shortfall', 'lost')),
  no_overdraft integer not null check (no_overdraft in (0, 1)),
  debits_pending integer not null default 0 check (debits_pending >= 0),
  debits_posted integer not null default 0 check (debits_posted >= 0),
  credits_pending integer not null default 0 check (credits_pending >= 0),
  credits_posted integer not null default 0 check (credits_posted >= 0),
  check (no_overdraft = 0 or debits_posted + debits_pending <= credits_posted)
) strict;
INSERT INTO account VALUES(1,'budget',0,0,1000000000,0,0);
INSERT INTO account VALUES(2,'extra',0,0,25000000,0,0);
INSERT INTO account VALUES(3,'wallet',1,0,14000000,0,1025000000);
INSERT INTO account VALUES(4,'usage',0,0,0,0,14000000);
INSERT INTO account VALUES(5,'lapsed',0,0,0,0,0);
INSERT INTO account VALUES(6,'shortfall',0,0,0,0,0);
INSERT INTO account VALUES(7,'lost',0,0,0,0,0);
CREATE TABLE transfer (
  seq integer primary key autoincrement,
  id blob not null unique check (length(id) = 16),
  kind text not null check (kind in ('post', 'hold', 'settle', 'release')),
  debit_id integer not null references account(id),
  credit_id integer not null references account(id),
  amount integer not null check (amount between 0 and 4000000000000000),
  hold_id blob references transfer(id),
  call_id blob check (call_id is null or length(call_id) = 16),
  at integer not null,
  memo text not null default '',
  check (debit_id <> credit_id),
  check (kind <> 'release' or amount = 0),
  check ((kind in ('settle', 'release')) = (hold_id is not null))
) strict;
INSERT INTO transfer VALUES(1,X'00ee1ec7cce441f867930d80e69bf3b2','post',1,3,1000000000,NULL,NULL,1795661971376,'');
INSERT INTO transfer VALUES(2,X'01a215cb408d70fe998d2709ace0f8fd','hold',3,4,1000000,NULL,X'01a215cb408d70fe998d2709ace0f8fd',1795661971598,'');
INSERT INTO transfer VALUES(3,X'01a215cb408d70fe998d2709ace0f802','settle',3,4,1000000,X'01a215cb408d70fe998d2709ace0f8fd',X'01a215cb408d70fe998d2709ace0f8fd',1795661971601,'');
INSERT INTO transfer VALUES(4,X'01a215cb40f0738b961e02318172739f','hold',3,4,3000000,NULL,X'01a215cb40f0738b961e02318172739f',1795661971697,'');
INSERT INTO transfer VALUES(5,X'01a215cb40f0738b961e023181727360','settle',3,4,1000000,X'01a215cb40f0738b961e02318172739f',X'01a215cb40f0738b961e02318172739f',1795661971701,'');
INSERT INTO transfer VALUES(6,X'01a215cb416174eb8f1fe8ace561d698','hold',3,4,5000000,NULL,X'01a215cb416174eb8f1fe8ace561d698',1795661971810,'');
INSERT INTO transfer VALUES(7,X'01a215cb416174eb8f1fe8ace561d667','settle',3,4,2000000,X'01a215cb416174eb8f1fe8ace561d698',X'01a215cb416174eb8f1fe8ace561d698',1795661971844,'');
INSERT INTO transfer VALUES(8,X'01a215cb41ac77f58863d3c51e72ec64','hold',3,4,6000000,NULL,X'01a215cb41ac77f58863d3c51e72ec64',1795661971885,'');
INSERT INTO transfer VALUES(9,X'01a215cb41ac77f58863d3c51e72ec9b','settle',3,4,2000000,X'01a215cb41ac77f58863d3c51e72ec64',X'01a215cb41ac77f58863d3c51e72ec64',1795661971907,'');
INSERT INTO transfer VALUES(10,X'01a215cb4208751298245a1f7f911d52','hold',3,4,2000000,NULL,X'01a215cb4208751298245a1f7f911d52',1795661971978,'');
INSERT INTO transfer VALUES(11,X'01a215cb4208751298245a1f7f911dad','settle',3,4,1000000,X'01a215cb4208751298245a1f7f911d52',X'01a215cb4208751298245a1f7f911d52',1795661971988,'');
INSERT INTO transfer VALUES(12,X'01a215cb421c72538c3e1844f97a1f2d','hold',3,4,2000000,NULL,X'01a215cb421c72538c3e1844f97a1f2d',1795661971998,'');
INSERT INTO transfer VALUES(13,X'01a215cb421c72538c3e1844f97a1fd2','settle',3,4,1000000,X'01a215cb421c72538c3e1844f97a1f2d',X'01a215cb421c72538c3e1844f97a1f2d',1795661972001,'');
INSERT INTO transfer VALUES(14,X'01a215cb422b70199d4baed92963f959','hold',3,4,1000000,NULL,X'01a215cb422b70199d4baed92963f959',1795661972011,'');
INSERT INTO transfer VALUES(15,X'01a215cb422b70199d4baed92963f9a6','settle',3,4,1000000,X'01a215cb422b70199d4baed92963f959',X'01a215cb422b70199d4baed92963f959',1795661972919,'');
INSERT INTO transfer VALUES(16,X'01a215cb45c075d09f38c6c09d6ebf83','hold',3,4,1000000,NULL,X'01a215cb45c075d09f38c6c09d6ebf83',1795661972931,'');
INSERT INTO transfer VALUES(17,X'01a215cb45c075d09f38c6c09d6ebf7c','settle',3,4,1000000,X'01a215cb45c075d09f38c6c09d6ebf83',X'01a215cb45c075d09f38c6c09d6ebf83',1795661973811,'');
INSERT INTO transfer VALUES(18,X'01a215cb4940761f9a3a9a8cf859c9bf','hold',3,4,1000000,NULL,X'01a215cb4940761f9a3a9a8cf859c9bf',1795661973824,'');
INSERT INTO transfer VALUES(19,X'01a215cb4940761f9a3a9a8cf859c940','settle',3,4,1000000,X'01a215cb4940761f9a3a9a8cf859c9bf',X'01a215cb4940761f9a3a9a8cf859c9bf',1795661974755,'');
INSERT INTO transfer VALUES(20,X'01a215cb4ce773338b057009e44561ac','hold',3,4,1000000,NULL,X'01a215cb4ce773338b057009e44561ac',1795661974760,'');
INSERT INTO transfer VALUES(21,X'01a215cb4ce773338b057009e4456153','settle',3,4,1000000,X'01a215cb4ce773338b057009e44561ac',X'01a215cb4ce773338b057009e44561ac',1795661975696,'');
INSERT INTO transfer VALUES(22,X'01a215cb509277b099aae1bfe72ec413','hold',3,4,1000000,NULL,X'01a215cb509277b099aae1bfe72ec413',1795661975698,'');
INSERT INTO transfer VALUES(23,X'01a215cb509277b099aae1bfe72ec4ec','settle',3,4,1000000,X'01a215cb509277b099aae1bfe72ec413',X'01a215cb509277b099aae1bfe72ec413',1795661976660,'');
INSERT INTO transfer VALUES(24,X'01a215cb5456727eaa825cb13250ac9f','hold',3,4,1000000,NULL,X'01a215cb5456727eaa825cb13250ac9f',1795661976662,'');
INSERT INTO transfer VALUES(25,X'01a215cb5456727eaa825cb13250ac60','settle',3,4,1000000,X'01a215cb5456727eaa825cb13250ac9f',X'01a215cb5456727eaa825cb13250ac9f',1795661977668,'');
INSERT INTO transfer VALUES(26,X'01a215cb5a0a70e29482caac56b7ca02','post',2,3,25000000,NULL,NULL,1795661978122,'');
CREATE TABLE model (
  id integer primary key autoincrement,
  provider text not null check (length(provider) between 1 and 100),
  model_name text not null check (length(model_name) between 1 and 200),
  display_name text not null,
  model_type text not null check (model_type in ('text', 'image')),
  is_active integer not null check (is_active in (0, 1)),
  is_default integer not null default 0 check (is_default in (0, 1)),
  cost_per_1k_input text not null default '',
  cost_per_1k_output text not null default '',
  cost_per_1k_cached_input text not null default '',
  cost_per_image text not null default '',
  -- Micro-credits; -1 means unpriced.
  credits_per_image integer not null default -1 check (credits_per_image >= -1),
  -- -1 means unpriced.
  tokens_per_credit integer not null default -1 check (tokens_per_credit = -1 or tokens_per_credit > 0),
  -- Micro-credits.
  min_credits integer not null default 0 check (min_credits >= 0),
  context_tokens integer not null default 0 check (context_tokens >= 0),
  max_output_tokens integer not null default 0 check (max_output_tokens >= 0),
  items_per_call integer not null default 1 check (items_per_call >= 1),
  retires_on integer not null default 0,
  replaced_by text not null default '',
  priced_at integer not null,
  created_at integer not null
, cost_per_1k_cache_write text not null default '', cost_per_1k_reasoning text not null default '', cost_per_1k_image_input text not null default '', cost_per_1k_image_output text not null default '') strict;
INSERT INTO model VALUES(1,'builtin','igny8-text-1','Built-in text','text',1,1,'0','0','0','',-1,1000,1000000,1000000,200000,2000,0,'',1795661971371,1795661971371,'','','','');
INSERT INTO model VALUES(2,'builtin','igny8-image-1','Built-in images','image',1,1,'','','','0',1000000,-1,0,0,0,1,0,'',1795661971371,1795661971371,'','','','');
CREATE TABLE operation (
  id blob primary key check (length(id) = 16),
  function_name text not null check (function_name in
    ('auto_cluster', 'generate_ideas', 'generate_content', 'generate_image_prompts', 'generate_images')),
  site_id integer not null references site(id),
  model_id integer not null references model(id),
  started_by text not null check (started_by in ('manual', 'automation')),
  phase text not null default 'INIT' check (phase in ('INIT', 'PREP', 'AI_CALL', 'PARSE', 'SAVE', 'DONE')),
  status text not null default 'pending' check (status in ('pending', 'success', 'error')),
  is_cancelled integer not null default 0 check (is_cancelled in (0, 1)),
  items_total integer not null check (items_total >= 0),
  units_total integer not null check (units_total >= 0),
  units_done integer not null default 0 check (units_done >= 0),
  units_failed integer not null default 0 check (units_failed >= 0),
  -- What was made: clusters, ideas, articles, image slots or images.
  results integer not null default 0 check (results >= 0),
  credits integer not null default 0 check (credits >= 0),
  cost_nano integer not null default 0 check (cost_nano >= 0),
  error_code text not null default '',
  created_at integer not null,
  ended_at integer not null default 0, run_id blob check (run_id is null or length(run_id) = 16),
  check (units_done + units_failed <= units_total),
  check ((status = 'pending') = (ended_at = 0))
) strict, without rowid;
INSERT INTO operation VALUES(X'01a215cb408a75649061dd50d023a126','auto_cluster',1,1,'manual','DONE','success',0,4,1,1,0,2,1000000,0,'',1795661971594,1795661971601,NULL);
INSERT INTO operation VALUES(X'01a215cb40dd7094af771cefadfd0c98','generate_ideas',1,1,'manual','DONE','success',0,2,1,1,0,2,1000000,0,'',1795661971677,1795661971701,NULL);
INSERT INTO operation VALUES(X'01a215cb415d76ac9dc733a205f20391','generate_content',1,1,'manual','DONE','success',0,2,2,2,0,2,4000000,0,'',1795661971805,1795661971907,NULL);
INSERT INTO operation VALUES(X'01a215cb41ff7333a39fcee06a9561da','generate_image_prompts',1,1,'manual','DONE','success',0,2,2,2,0,6,2000000,0,'',1795661971967,1795661972001,NULL);
INSERT INTO operation VALUES(X'01a215cb42297017b3184b530f4a3235','generate_images',1,2,'manual','DONE','success',0,6,6,6,0,6,6000000,0,'',1795661972009,1795661977668,NULL);
CREATE TABLE job (
  id integer primary key autoincrement,
  operation_id blob not null references operation(id),
  ordinal integer not null check (ordinal >= 0),
  state text not null default 'ready' check (state in ('ready', 'leased', 'done', 'failed', 'cancelled')),
  item_ids text not null check (json_valid(item_ids)),
  run_at integer not null default 0,
  -- Counted before the work, so that a unit that kills the process is not tried for ever.
  attempts integer not null default 0 check (attempts >= 0),
  -- The process that works on it. A new process voids the leases of all others: only one can hold the data folder.
  lease_instance blob,
  lease_token integer not null default 0,
  error_code text not null default '',
  created_at integer not null,
  ended_at integer not null default 0,
  unique (operation_id, ordinal),
  check ((state = 'leased') = (lease_instance is not null))
) strict;
INSERT INTO job VALUES(1,X'01a215cb408a75649061dd50d023a126',0,'done','[1,4,2,3]',0,1,NULL,1,'',1795661971594,1795661971601);
INSERT INTO job VALUES(2,X'01a215cb40dd7094af771cefadfd0c98',0,'done','[1,2]',0,1,NULL,1,'',1795661971677,1795661971701);
INSERT INTO job VALUES(3,X'01a215cb415d76ac9dc733a205f20391',0,'done','[1]',0,1,NULL,1,'',1795661971805,1795661971844);
INSERT INTO job VALUES(4,X'01a215cb415d76ac9dc733a205f20391',1,'done','[2]',0,1,NULL,1,'',1795661971805,1795661971907);
INSERT INTO job VALUES(5,X'01a215cb41ff7333a39fcee06a9561da',0,'done','[1]',0,1,NULL,1,'',1795661971967,1795661971988);
INSERT INTO job VALUES(6,X'01a215cb41ff7333a39fcee06a9561da',1,'done','[2]',0,1,NULL,1,'',1795661971967,1795661972001);
INSERT INTO job VALUES(7,X'01a215cb42297017b3184b530f4a3235',0,'done','[1]',0,1,NULL,1,'',1795661972009,1795661972919);
INSERT INTO job VALUES(8,X'01a215cb42297017b3184b530f4a3235',1,'done','[2]',0,1,NULL,1,'',1795661972009,1795661973811);
INSERT INTO job VALUES(9,X'01a215cb42297017b3184b530f4a3235',2,'done','[3]',0,1,NULL,1,'',1795661972009,1795661974755);
INSERT INTO job VALUES(10,X'01a215cb42297017b3184b530f4a3235',3,'done','[4]',0,1,NULL,1,'',1795661972009,1795661975696);
INSERT INTO job VALUES(11,X'01a215cb42297017b3184b530f4a3235',4,'done','[5]',0,1,NULL,1,'',1795661972009,1795661976660);
INSERT INTO job VALUES(12,X'01a215cb42297017b3184b530f4a3235',5,'done','[6]',0,1,NULL,1,'',1795661972009,1795661977668);
CREATE TABLE call (
  id blob primary key check (length(id) = 16),
  job_id integer not null references job(id),
  operation_id blob not null references operation(id),
  state text not null check (state in ('held', 'sent', 'unknown', 'settled', 'released')),
  hold_id blob not null unique references transfer(id),
  -- The price version it was held under.
  model_id integer not null references model(id),
  -- SHA-256 of function, model and input: an unchanged input reuses the paid answer.
  request_hash blob not null check (length(request_hash) = 32),
  attempts integer not null default 1 check (attempts >= 1),
  sent_at integer not null default 0,
  resolved_at integer not null default 0,
  check ((state in ('settled', 'released')) = (resolved_at > 0))
) strict, without rowid;
INSERT INTO call VALUES(X'01a215cb408d70fe998d2709ace0f8fd',1,X'01a215cb408a75649061dd50d023a126','settled',X'01a215cb408d70fe998d2709ace0f8fd',1,X'47cd14cda73e406a9267889a1f524a669b98e5212746022e3aa00c75e94086e8',1,1795661971598,1795661971601);
INSERT INTO call VALUES(X'01a215cb40f0738b961e02318172739f',2,X'01a215cb40dd7094af771cefadfd0c98','settled',X'01a215cb40f0738b961e02318172739f',1,X'4de58f19fc6f8a5a9a3ec03ff2f807cd5e42ed435fcc0e918b5dee5a15036c70',1,1795661971697,1795661971701);
INSERT INTO call VALUES(X'01a215cb416174eb8f1fe8ace561d698',3,X'01a215cb415d76ac9dc733a205f20391','settled',X'01a215cb416174eb8f1fe8ace561d698',1,X'd1bf948a79c0210af388a37e0ea1d242b34797eaa5b9db1cfc4fe7da03c57e7b',1,1795661971810,1795661971844);
INSERT INTO call VALUES(X'01a215cb41ac77f58863d3c51e72ec64',4,X'01a215cb415d76ac9dc733a205f20391','settled',X'01a215cb41ac77f58863d3c51e72ec64',1,X'826842c24ad27241cfd5568e6400c5a103e4047994748238105602537fdd6da6',1,1795661971885,1795661971907);
INSERT INTO call VALUES(X'01a215cb4208751298245a1f7f911d52',5,X'01a215cb41ff7333a39fcee06a9561da','settled',X'01a215cb4208751298245a1f7f911d52',1,X'134274accb9f2eb3a05b5dfb64cc4f38d22dd782b2f24fcafd5dfb639a7cc1e6',1,1795661971978,1795661971988);
INSERT INTO call VALUES(X'01a215cb421c72538c3e1844f97a1f2d',6,X'01a215cb41ff7333a39fcee06a9561da','settled',X'01a215cb421c72538c3e1844f97a1f2d',1,X'2e6976f9f3ef70c49fa3b4c9170696d445b65f81982cb6248164dfc65fe31814',1,1795661971998,1795661972001);
INSERT INTO call VALUES(X'01a215cb422b70199d4baed92963f959',7,X'01a215cb42297017b3184b530f4a3235','settled',X'01a215cb422b70199d4baed92963f959',2,X'2fdf45766f5c496b393744014c9ef5a7e19a8561412de4ca35e9fe63734f1c48',1,1795661972011,1795661972919);
INSERT INTO call VALUES(X'01a215cb45c075d09f38c6c09d6ebf83',8,X'01a215cb42297017b3184b530f4a3235','settled',X'01a215cb45c075d09f38c6c09d6ebf83',2,X'b793b71d0c627de9bb9fc1a93e9cf417108cd26065c3b8ac1cd829182230142e',1,1795661972931,1795661973811);
INSERT INTO call VALUES(X'01a215cb4940761f9a3a9a8cf859c9bf',9,X'01a215cb42297017b3184b530f4a3235','settled',X'01a215cb4940761f9a3a9a8cf859c9bf',2,X'46b32e732870eddb3f59ad89f16b0100679757578c4d9b5c902d83ee845af818',1,1795661973824,1795661974755);
INSERT INTO call VALUES(X'01a215cb4ce773338b057009e44561ac',10,X'01a215cb42297017b3184b530f4a3235','settled',X'01a215cb4ce773338b057009e44561ac',2,X'93def24627c15270ee3865b594d8c8beba3e266cd9ae2acbbaa67fed1ec0869e',1,1795661974760,1795661975696);
INSERT INTO call VALUES(X'01a215cb509277b099aae1bfe72ec413',11,X'01a215cb42297017b3184b530f4a3235','settled',X'01a215cb509277b099aae1bfe72ec413',2,X'66995c3dc47e4ee61493ff2d203e3e62e505df06ec210f7b294d8aa7ea14cb97',1,1795661975698,1795661976660);
INSERT INTO call VALUES(X'01a215cb5456727eaa825cb13250ac9f',12,X'01a215cb42297017b3184b530f4a3235','settled',X'01a215cb5456727eaa825cb13250ac9f',2,X'd91cf83c1e2b9c92f402091b6e30676cc2e1d0ca352a82bcbd080cfb36ce4835',1,1795661976662,1795661977668);
CREATE TABLE attempt (
  call_id blob not null references call(id),
  n integer not null check (n >= 1),
  outcome text not null,
  provider_request_id text not null default '',
  -- What the vendor billed or probably billed for an attempt that left no result.
  cost_nano integer not null default 0 check (cost_nano >= 0),
  at integer not null,
  primary key (call_id, n)
) strict, without rowid;
INSERT INTO attempt VALUES(X'01a215cb408d70fe998d2709ace0f8fd',1,'settled','',0,1795661971601);
INSERT INTO attempt VALUES(X'01a215cb40f0738b961e02318172739f',1,'settled','',0,1795661971701);
INSERT INTO attempt VALUES(X'01a215cb416174eb8f1fe8ace561d698',1,'settled','',0,1795661971844);
INSERT INTO attempt VALUES(X'01a215cb41ac77f58863d3c51e72ec64',1,'settled','',0,1795661971907);
INSERT INTO attempt VALUES(X'01a215cb4208751298245a1f7f911d52',1,'settled','',0,1795661971988);
INSERT INTO attempt VALUES(X'01a215cb421c72538c3e1844f97a1f2d',1,'settled','',0,1795661972001);
INSERT INTO attempt VALUES(X'01a215cb422b70199d4baed92963f959',1,'settled','',0,1795661972919);
INSERT INTO attempt VALUES(X'01a215cb45c075d09f38c6c09d6ebf83',1,'settled','',0,1795661973811);
INSERT INTO attempt VALUES(X'01a215cb4940761f9a3a9a8cf859c9bf',1,'settled','',0,1795661974755);
INSERT INTO attempt VALUES(X'01a215cb4ce773338b057009e44561ac',1,'settled','',0,1795661975696);
INSERT INTO attempt VALUES(X'01a215cb509277b099aae1bfe72ec413',1,'settled','',0,1795661976660);
INSERT INTO attempt VALUES(X'01a215cb5456727eaa825cb13250ac9f',1,'settled','',0,1795661977668);
CREATE TABLE usage_log (
  id integer primary key autoincrement,
  call_id blob unique references call(id),
  operation_id blob not null references operation(id),
  operation_type text not null check (operation_type in
    ('clustering', 'idea_generation', 'content_generation', 'image_prompt_extraction', 'image_generation')),
  site_id integer not null references site(id),
  model_id integer not null references model(id),
  related_type text not null default '' check (related_type in ('', 'keyword', 'cluster', 'idea', 'task', 'content', 'image')),
  related_id integer not null default 0,
  outcome text not null check (outcome in ('settled', 'released', 'refused', 'reused')),
  credits integer not null check (credits >= 0),
  -- What the vendor bills.
  cost_nano integer not null check (cost_nano >= 0),
  -- Credits times the credit's price.
  credit_value_nano integer not null check (credit_value_nano >= 0),
  tokens_input integer not null default 0 check (tokens_input >= 0),
  tokens_cached integer not null default 0 check (tokens_cached >= 0),
  tokens_output integer not null default 0 check (tokens_output >= 0),
  images integer not null default 0 check (images >= 0),
  is_estimated integer not null default 0 check (is_estimated in (0, 1)),
  reused_from integer references usage_log(id),
  at integer not null
, tokens_cache_write integer not null default 0 check (tokens_cache_write >= 0), tokens_reasoning integer not null default 0 check (tokens_reasoning >= 0), tokens_image_input integer not null default 0 check (tokens_image_input >= 0), tokens_image_output integer not null default 0 check (tokens_image_output >= 0)) strict;
INSERT INTO usage_log VALUES(1,X'01a215cb408d70fe998d2709ace0f8fd',X'01a215cb408a75649061dd50d023a126','clustering',1,1,'',0,'settled',1000000,0,10000000,287,0,97,0,1,NULL,1795661971601,0,0,0,0);
INSERT INTO usage_log VALUES(2,X'01a215cb40f0738b961e02318172739f',X'01a215cb40dd7094af771cefadfd0c98','idea_generation',1,1,'',0,'settled',1000000,0,10000000,428,0,260,0,1,NULL,1795661971701,0,0,0,0);
INSERT INTO usage_log VALUES(3,X'01a215cb416174eb8f1fe8ace561d698',X'01a215cb415d76ac9dc733a205f20391','content_generation',1,1,'task',1,'settled',2000000,0,20000000,322,0,1124,0,1,NULL,1795661971844,0,0,0,0);
INSERT INTO usage_log VALUES(4,X'01a215cb41ac77f58863d3c51e72ec64',X'01a215cb415d76ac9dc733a205f20391','content_generation',1,1,'task',2,'settled',2000000,0,20000000,341,0,1334,0,1,NULL,1795661971907,0,0,0,0);
INSERT INTO usage_log VALUES(5,X'01a215cb4208751298245a1f7f911d52',X'01a215cb41ff7333a39fcee06a9561da','image_prompt_extraction',1,1,'content',1,'settled',1000000,0,10000000,368,0,251,0,1,NULL,1795661971988,0,0,0,0);
INSERT INTO usage_log VALUES(6,X'01a215cb421c72538c3e1844f97a1f2d',X'01a215cb41ff7333a39fcee06a9561da','image_prompt_extraction',1,1,'content',2,'settled',1000000,0,10000000,374,0,245,0,1,NULL,1795661972001,0,0,0,0);
INSERT INTO usage_log VALUES(7,X'01a215cb422b70199d4baed92963f959',X'01a215cb42297017b3184b530f4a3235','image_generation',1,2,'image',1,'settled',1000000,0,10000000,0,0,0,1,0,NULL,1795661972919,0,0,0,0);
INSERT INTO usage_log VALUES(8,X'01a215cb45c075d09f38c6c09d6ebf83',X'01a215cb42297017b3184b530f4a3235','image_generation',1,2,'image',2,'settled',1000000,0,10000000,0,0,0,1,0,NULL,1795661973811,0,0,0,0);
INSERT INTO usage_log VALUES(9,X'01a215cb4940761f9a3a9a8cf859c9bf',X'01a215cb42297017b3184b530f4a3235','image_generation',1,2,'image',3,'settled',1000000,0,10000000,0,0,0,1,0,NULL,1795661974755,0,0,0,0);
INSERT INTO usage_log VALUES(10,X'01a215cb4ce773338b057009e44561ac',X'01a215cb42297017b3184b530f4a3235','image_generation',1,2,'image',4,'settled',1000000,0,10000000,0,0,0,1,0,NULL,1795661975696,0,0,0,0);
INSERT INTO usage_log VALUES(11,X'01a215cb509277b099aae1bfe72ec413',X'01a215cb42297017b3184b530f4a3235','image_generation',1,2,'image',5,'settled',1000000,0,10000000,0,0,0,1,0,NULL,1795661976660,0,0,0,0);
INSERT INTO usage_log VALUES(12,X'01a215cb5456727eaa825cb13250ac9f',X'01a215cb42297017b3184b530f4a3235','image_generation',1,2,'image',6,'settled',1000000,0,10000000,0,0,0,1,0,NULL,1795661977668,0,0,0,0);
CREATE TABLE credit_transaction (
  id integer primary key autoincrement,
  transfer_id blob unique references transfer(id),
  operation_id blob references operation(id),
  call_id blob references call(id),
  transaction_type text not null check (transaction_type in ('grant', 'deduction', 'release', 'refusal', 'lapse')),
  operation_type text not null default '',
  amount integer not null,
  -- Posted balance of the wallet right after; open holds do not count.
  balance_after integer not null check (balance_after >= 0),
  memo text not null default '',
  at integer not null,
  check (transaction_type <> 'deduction' or amount <= 0),
  check (transaction_type not in ('release', 'refusal') or amount = 0)
) strict;
INSERT INTO credit_transaction VALUES(1,X'00ee1ec7cce441f867930d80e69bf3b2',NULL,NULL,'grant','',1000000000,1000000000,'2026-11',1795661971376);
INSERT INTO credit_transaction VALUES(2,X'01a215cb408d70fe998d2709ace0f802',X'01a215cb408a75649061dd50d023a126',X'01a215cb408d70fe998d2709ace0f8fd','deduction','clustering',-1000000,999000000,'',1795661971601);
INSERT INTO credit_transaction VALUES(3,X'01a215cb40f0738b961e023181727360',X'01a215cb40dd7094af771cefadfd0c98',X'01a215cb40f0738b961e02318172739f','deduction','idea_generation',-1000000,998000000,'',1795661971701);
INSERT INTO credit_transaction VALUES(4,X'01a215cb416174eb8f1fe8ace561d667',X'01a215cb415d76ac9dc733a205f20391',X'01a215cb416174eb8f1fe8ace561d698','deduction','content_generation',-2000000,996000000,'',1795661971844);
INSERT INTO credit_transaction VALUES(5,X'01a215cb41ac77f58863d3c51e72ec9b',X'01a215cb415d76ac9dc733a205f20391',X'01a215cb41ac77f58863d3c51e72ec64','deduction','content_generation',-2000000,994000000,'',1795661971907);
INSERT INTO credit_transaction VALUES(6,X'01a215cb4208751298245a1f7f911dad',X'01a215cb41ff7333a39fcee06a9561da',X'01a215cb4208751298245a1f7f911d52','deduction','image_prompt_extraction',-1000000,993000000,'',1795661971988);
INSERT INTO credit_transaction VALUES(7,X'01a215cb421c72538c3e1844f97a1fd2',X'01a215cb41ff7333a39fcee06a9561da',X'01a215cb421c72538c3e1844f97a1f2d','deduction','image_prompt_extraction',-1000000,992000000,'',1795661972001);
INSERT INTO credit_transaction VALUES(8,X'01a215cb422b70199d4baed92963f9a6',X'01a215cb42297017b3184b530f4a3235',X'01a215cb422b70199d4baed92963f959','deduction','image_generation',-1000000,991000000,'',1795661972919);
INSERT INTO credit_transaction VALUES(9,X'01a215cb45c075d09f38c6c09d6ebf7c',X'01a215cb42297017b3184b530f4a3235',X'01a215cb45c075d09f38c6c09d6ebf83','deduction','image_generation',-1000000,990000000,'',1795661973811);
INSERT INTO credit_transaction VALUES(10,X'01a215cb4940761f9a3a9a8cf859c940',X'01a215cb42297017b3184b530f4a3235',X'01a215cb4940761f9a3a9a8cf859c9bf','deduction','image_generation',-1000000,989000000,'',1795661974755);
INSERT INTO credit_transaction VALUES(11,X'01a215cb4ce773338b057009e4456153',X'01a215cb42297017b3184b530f4a3235',X'01a215cb4ce773338b057009e44561ac','deduction','image_generation',-1000000,988000000,'',1795661975696);
INSERT INTO credit_transaction VALUES(12,X'01a215cb509277b099aae1bfe72ec4ec',X'01a215cb42297017b3184b530f4a3235',X'01a215cb509277b099aae1bfe72ec413','deduction','image_generation',-1000000,987000000,'',1795661976660);
INSERT INTO credit_transaction VALUES(13,X'01a215cb5456727eaa825cb13250ac60',X'01a215cb42297017b3184b530f4a3235',X'01a215cb5456727eaa825cb13250ac9f','deduction','image_generation',-1000000,986000000,'',1795661977668);
INSERT INTO credit_transaction VALUES(14,X'01a215cb5a0a70e29482caac56b7ca02',NULL,NULL,'grant','',25000000,1011000000,'a gift',1795661978122);
CREATE TABLE notification (
  id integer primary key autoincrement,
  notification_type text not null check (length(notification_type) between 1 and 60),
  severity text not null check (severity in ('info', 'success', 'warning', 'error')),
  site_id integer not null default 0,
  operation_id blob references operation(id),
  related_type text not null default '',
  related_id integer not null default 0,
  -- Numbers and names for the sentence; the sentence itself belongs to the screen.
  params text not null default '{}' check (json_valid(params)),
  dedupe text not null unique,
  read_at integer not null default 0,
  created_at integer not null,
  removed_at integer not null default 0
) strict;
INSERT INTO notification VALUES(1,'keywords_imported','success',1,NULL,'site',1,'{"added":"4","file":"k.csv","updated":"0"}','import:1:k.csv:1795661971495',0,1795661971495,0);
INSERT INTO notification VALUES(2,'ai_cluster_success','success',1,X'01a215cb408a75649061dd50d023a126','operation',0,'{"code":"","credits":"1","results":"2","units_done":"1","units_failed":"0","units_total":"1"}','operation:01a215cb-408a-7564-9061-dd50d023a126',0,1795661971601,0);
INSERT INTO notification VALUES(3,'ai_ideas_success','success',1,X'01a215cb40dd7094af771cefadfd0c98','operation',0,'{"code":"","credits":"1","results":"2","units_done":"1","units_failed":"0","units_total":"1"}','operation:01a215cb-40dd-7094-af77-1cefadfd0c98',0,1795661971701,0);
INSERT INTO notification VALUES(4,'ai_content_success','success',1,X'01a215cb415d76ac9dc733a205f20391','operation',0,'{"code":"","credits":"4","results":"2","units_done":"2","units_failed":"0","units_total":"2"}','operation:01a215cb-415d-76ac-9dc7-33a205f20391',0,1795661971907,0);
INSERT INTO notification VALUES(5,'ai_prompts_success','success',1,X'01a215cb41ff7333a39fcee06a9561da','operation',0,'{"code":"","credits":"2","results":"6","units_done":"2","units_failed":"0","units_total":"2"}','operation:01a215cb-41ff-7333-a39f-cee06a9561da',0,1795661972001,0);
INSERT INTO notification VALUES(6,'ai_image_success','success',1,X'01a215cb42297017b3184b530f4a3235','operation',0,'{"code":"","credits":"6","results":"6","units_done":"6","units_failed":"0","units_total":"6"}','operation:01a215cb-4229-7017-b318-4b530f4a3235',0,1795661977668,0);
INSERT INTO notification VALUES(7,'content_published','success',1,NULL,'content',2,'{"title":"How to Choose the Best Teapot","url":"file:///home/ada/data/published/tea-1/how-to-choose-the-best-teapot/index.html"}','published:01a215cb-58c1-77e3-aa24-19648f28f052',0,1795661978059,0);
INSERT INTO notification VALUES(8,'keywords_imported','success',1,NULL,'site',1,'{"added":"0","file":"k.csv","updated":"4"}','import:1:k.csv:1795661978315',0,1795661978315,0);
INSERT INTO notification VALUES(9,'keywords_imported','success',1,NULL,'site',1,'{"added":"2","file":"l.csv","updated":"0"}','import:1:l.csv:1795661978355',0,1795661978355,0);
CREATE TABLE outbox (
  id blob primary key check (length(id) = 16),
  content_id integer not null references content(id),
  site_id integer not null references site(id),
  state text not null check (state in ('pending', 'drafted', 'updated', 'done', 'failed')),
  content_version integer not null check (content_version >= 1),
  draft_slug text not null check (length(draft_slug) between 1 and 200),
  remote_id text not null default '',
  -- Media already placed: {"<image id>": {"id": …, "url": …}}.
  placed text not null default '{}' check (json_valid(placed)),
  attempts integer not null default 0 check (attempts >= 0),
  error_code text not null default '',
  created_at integer not null,
  updated_at integer not null,
  check (state not in ('drafted', 'updated', 'done') or remote_id <> '')
) strict, without rowid;
INSERT INTO outbox VALUES(X'01a215cb58c177e3aa2419648f28f052',2,1,'done',1,'how-to-choose-the-best-teapot-648f28f052','how-to-choose-the-best-teapot-648f28f052','{"4":{"id":"how-to-choose-the-best-teapot-648f28f052/how-to-choose-the-best-teapot-fe8c80462c23bce0.webp","url":"how-to-choose-the-best-teapot-fe8c80462c23bce0.webp","alt":"Title card: “How to Choose the Best Teapot”, Tea"},"5":{"id":"how-to-choose-the-best-teapot-648f28f052/how-to-choose-the-best-teapot-42996cdca935b3ab.webp","url":"how-to-choose-the-best-teapot-42996cdca935b3ab.webp","alt":"Illustrated card: “The Comparison at a Glance”"},"6":{"id":"how-to-choose-the-best-teapot-648f28f052/how-to-choose-the-best-teapot-a03f31cecb19ed95.webp","url":"how-to-choose-the-best-teapot-a03f31cecb19ed95.webp","alt":"Illustrated card: “Who Will Be Happy with It, and Who Should Pass”"}}',1,'',1795661977793,1795661978059);
CREATE TABLE publication (
  id integer primary key autoincrement,
  outbox_id blob not null unique references outbox(id),
  content_id integer not null references content(id),
  site_id integer not null references site(id),
  external_id text not null,
  external_url text not null,
  content_version integer not null,
  receipt text not null check (json_valid(receipt)),
  at integer not null
) strict;
INSERT INTO publication VALUES(1,X'01a215cb58c177e3aa2419648f28f052',2,1,'how-to-choose-the-best-teapot-648f28f052','file:///home/ada/data/published/tea-1/how-to-choose-the-best-teapot/index.html',1,'{"fields":[{"field":"title","verdict":"as_sent","sent":"How to Choose the Best Teapot","found":"How to Choose the Best Teapot"},{"field":"slug","verdict":"as_sent","sent":"how-to-choose-the-best-teapot","found":"how-to-choose-the-best-teapot"},{"field":"status","verdict":"as_sent","sent":"publish","found":"publish"},{"field":"excerpt","verdict":"as_sent","sent":"The best teapot can be found without reading fifty tests. Settle light, then water, then soil, and only a handful of opt","found":"The best teapot can be found without reading fifty tests. Settle light, then water, then soil, and only a handful of opt"},{"field":"categories","verdict":"as_sent","sent":"Leaves, Best Teapot","found":"Leaves, Best Teapot"},{"field":"tags","verdict":"as_sent","sent":"teapot, teapot sizes, best teapot","found":"teapot, teapot sizes, best teapot"},{"field":"body","verdict":"as_sent","sent":"402fec4079a4608e","found":"402fec4079a4608e"},{"field":"featured_image","verdict":"as_sent","sent":"how-to-choose-the-best-teapot-648f28f052/how-to-choose-the-best-teapot-fe8c80462c23bce0.webp","found":"how-to-choose-the-best-teapot-648f28f052/how-to-choose-the-best-teapot-fe8c80462c23bce0.webp"},{"field":"alt","verdict":"as_sent","sent":"Title card: “How to Choose the Best Teapot”, Tea","found":"Title card: “How to Choose the Best Teapot”, Tea"},{"field":"alt","verdict":"as_sent","sent":"Illustrated card: “The Comparison at a Glance”","found":"Illustrated card: “The Comparison at a Glance”"},{"field":"alt","verdict":"as_sent","sent":"Illustrated card: “Who Will Be Happy with It, and Who Should Pass”","found":"Illustrated card: “Who Will Be Happy with It, and Who Should Pass”"}]}',1795661978059);
CREATE TABLE cluster_leaver (
  keyword_id integer primary key references keyword(id),
  cluster_id integer not null references cluster(id)
) strict;
CREATE TABLE cap (
  id integer primary key autoincrement,
  scope text not null check (scope in ('month', 'day', 'site', 'run', 'share')),
  -- 'month:2026-11', 'day:2026-11-25', 'site:3:2026-11', 'run:<hex>', 'share:<hex>:<function>'.
  key text not null unique,
  -- What the user asked for, micro-credits; -1 means no limit.
  wanted integer not null default -1 check (wanted >= -1),
  -- What is enforced. A wish below what is already spent or held cannot be met: then nothing more is let through.
  ceiling integer not null check (ceiling >= 0),
  held integer not null default 0 check (held >= 0),
  used integer not null default 0 check (used >= 0),
  created_at integer not null,
  check (used + held <= ceiling)
) strict;
INSERT INTO cap VALUES(1,'month','month:2026-11',-1,4000000000000000000,0,14000000,1795661971598);
INSERT INTO cap VALUES(2,'day','day:2026-11-26',-1,4000000000000000000,0,14000000,1795661971598);
INSERT INTO cap VALUES(3,'site','site:1:2026-11',900000000,900000000,0,14000000,1795661971598);
CREATE TABLE spending_limit (
  scope text not null check (scope in ('month', 'day', 'site')),
  site_id integer not null default 0,
  amount integer not null check (amount between 0 and 4000000000000000),
  primary key (scope, site_id),
  check ((scope = 'site') = (site_id > 0))
) strict, without rowid;
INSERT INTO spending_limit VALUES('site',1,900000000);
CREATE TABLE spending_switch (
  id integer primary key check (id = 1),
  stopped_at integer not null default 0
) strict;
INSERT INTO spending_switch VALUES(1,0);
CREATE TABLE call_cap (
  call_id blob not null check (length(call_id) = 16),
  cap_id integer not null references cap(id),
  primary key (call_id, cap_id)
) strict, without rowid;
INSERT INTO call_cap VALUES(X'01a215cb408d70fe998d2709ace0f8fd',1);
INSERT INTO call_cap VALUES(X'01a215cb408d70fe998d2709ace0f8fd',2);
INSERT INTO call_cap VALUES(X'01a215cb408d70fe998d2709ace0f8fd',3);
INSERT INTO call_cap VALUES(X'01a215cb40f0738b961e02318172739f',1);
INSERT INTO call_cap VALUES(X'01a215cb40f0738b961e02318172739f',2);
INSERT INTO call_cap VALUES(X'01a215cb40f0738b961e02318172739f',3);
INSERT INTO call_cap VALUES(X'01a215cb416174eb8f1fe8ace561d698',1);
INSERT INTO call_cap VALUES(X'01a215cb416174eb8f1fe8ace561d698',2);
INSERT INTO call_cap VALUES(X'01a215cb416174eb8f1fe8ace561d698',3);
INSERT INTO call_cap VALUES(X'01a215cb41ac77f58863d3c51e72ec64',1);
INSERT INTO call_cap VALUES(X'01a215cb41ac77f58863d3c51e72ec64',2);
INSERT INTO call_cap VALUES(X'01a215cb41ac77f58863d3c51e72ec64',3);
INSERT INTO call_cap VALUES(X'01a215cb4208751298245a1f7f911d52',1);
INSERT INTO call_cap VALUES(X'01a215cb4208751298245a1f7f911d52',2);
INSERT INTO call_cap VALUES(X'01a215cb4208751298245a1f7f911d52',3);
INSERT INTO call_cap VALUES(X'01a215cb421c72538c3e1844f97a1f2d',1);
INSERT INTO call_cap VALUES(X'01a215cb421c72538c3e1844f97a1f2d',2);
INSERT INTO call_cap VALUES(X'01a215cb421c72538c3e1844f97a1f2d',3);
INSERT INTO call_cap VALUES(X'01a215cb422b70199d4baed92963f959',1);
INSERT INTO call_cap VALUES(X'01a215cb422b70199d4baed92963f959',2);
INSERT INTO call_cap VALUES(X'01a215cb422b70199d4baed92963f959',3);
INSERT INTO call_cap VALUES(X'01a215cb45c075d09f38c6c09d6ebf83',1);
INSERT INTO call_cap VALUES(X'01a215cb45c075d09f38c6c09d6ebf83',2);
INSERT INTO call_cap VALUES(X'01a215cb45c075d09f38c6c09d6ebf83',3);
INSERT INTO call_cap VALUES(X'01a215cb4940761f9a3a9a8cf859c9bf',1);
INSERT INTO call_cap VALUES(X'01a215cb4940761f9a3a9a8cf859c9bf',2);
INSERT INTO call_cap VALUES(X'01a215cb4940761f9a3a9a8cf859c9bf',3);
INSERT INTO call_cap VALUES(X'01a215cb4ce773338b057009e44561ac',1);
INSERT INTO call_cap VALUES(X'01a215cb4ce773338b057009e44561ac',2);
INSERT INTO call_cap VALUES(X'01a215cb4ce773338b057009e44561ac',3);
INSERT INTO call_cap VALUES(X'01a215cb509277b099aae1bfe72ec413',1);
INSERT INTO call_cap VALUES(X'01a215cb509277b099aae1bfe72ec413',2);
INSERT INTO call_cap VALUES(X'01a215cb509277b099aae1bfe72ec413',3);
INSERT INTO call_cap VALUES(X'01a215cb5456727eaa825cb13250ac9f',1);
INSERT INTO call_cap VALUES(X'01a215cb5456727eaa825cb13250ac9f',2);
INSERT INTO call_cap VALUES(X'01a215cb5456727eaa825cb13250ac9f',3);
CREATE TABLE answer (
  -- SHA-256 of function, model and input.
  request_hash blob primary key check (length(request_hash) = 32),
  usage_id integer not null unique references usage_log(id),
  -- The model's text; empty for a picture.
  body text not null,
  -- The stored picture; empty for text.
  media_hash text not null default '',
  media_type text not null default '' check (media_type in ('', 'image/png', 'image/webp', 'image/jpeg')),
  width integer not null default 0,
  height integer not null default 0,
  bytes integer not null default 0,
  at integer not null,
  check ((body = '') <> (media_hash = ''))
) strict, without rowid;
INSERT INTO answer VALUES(X'134274accb9f2eb3a05b5dfb64cc4f38d22dd782b2f24fcafd5dfb639a7cc1e6',5,'{"featured":{"prompt":"Wide editorial picture about green tea benefits: steam over a ceramic cup on a dark counter, window light from the left. Calm composition with free space for a title, few colours around #4453c7, no words in the picture.","alt":"Title card: “5 Green Tea Benefits and What Makes Them Work”, Tea","heading":""},"in_article":[{"prompt":"Illustration for the section “The Comparison at a Glance” of an article about green tea benefits: beans, a scale and a kettle from above. Simple shapes, few colours around #4453c7, no words in the picture.","alt":"Illustrated card: “The Comparison at a Glance”","heading":"The Comparison at a Glance"},{"prompt":"Illustration for the section “Worth a Closer Look” of an article about green tea benefits: steam over a ceramic cup on a dark counter, window light from the left. Simple shapes, few colours around #4453c7, no words in the picture.","alt":"Illustrated card: “Worth a Closer Look”","heading":"Worth a Closer Look"}]}','','',0,0,0,1795661971988);
INSERT INTO answer VALUES(X'2e6976f9f3ef70c49fa3b4c9170696d445b65f81982cb6248164dfc65fe31814',6,'{"featured":{"prompt":"Wide editorial picture about teapot: hands pressing soil around a young plant. Calm composition with free space for a title, few colours around #4453c7, no words in the picture.","alt":"Title card: “How to Choose the Best Teapot”, Tea","heading":""},"in_article":[{"prompt":"Illustration for the section “The Comparison at a Glance” of an article about teapot: green cuttings in glass jars on a window sill. Simple shapes, few colours around #4453c7, no words in the picture.","alt":"Illustrated card: “The Comparison at a Glance”","heading":"The Comparison at a Glance"},{"prompt":"Illustration for the section “Who Will Be Happy with It, and Who Should Pass” of an article about teapot: hands pressing soil around a young plant. Simple shapes, few colours around #4453c7, no words in the picture.","alt":"Illustrated card: “Who Will Be Happy with It, and Who Should Pass”","heading":"Who Will Be Happy with It, and Who Should Pass"}]}','','',0,0,0,1795661972001);
INSERT INTO answer VALUES(X'2fdf45766f5c496b393744014c9ef5a7e19a8561412de4ca35e9fe63734f1c48',7,'','9015e2c5e8198ba379d8a335949a2c6a1805a002139af87381ee83e9c1dd4b4a','image/webp',1200,675,52390,1795661972919);
INSERT INTO answer VALUES(X'46b32e732870eddb3f59ad89f16b0100679757578c4d9b5c902d83ee845af818',9,'','2ed6ee797ff5810491fb5926ce9d2030cd1d76433d8b62a6cbcafe8e3794499b','image/webp',1024,768,30434,1795661974755);
INSERT INTO answer VALUES(X'47cd14cda73e406a9267889a1f524a669b98e5212746022e3aa00c75e94086e8',1,'{"clusters":[{"name":"Green Tea Benefits","description":"Searches for “green tea benefits”, from readers who want to understand, with questions such as “how to brew green tea”.","keyword_ids":[1,4]},{"name":"Best Teapot","description":"Searches for “best teapot”, from readers who compare before they choose, with questions such as “teapot sizes”.","keyword_ids":[2,3]}]}','','',0,0,0,1795661971601);
INSERT INTO answer VALUES(X'4de58f19fc6f8a5a9a3ec03ff2f807cd5e42ed435fcc0e918b5dee5a15036c70',2,'{"ideas":[{"cluster_id":1,"title":"5 Green Tea Benefits and What Makes Them Work","description":"Angle: choose rather than collect: each entry says for whom it works, what it takes and how to begin. Reader: home brewers who want the same good cup every day. Cover: “green tea benefits” and “how to brew green tea”; say something about ratio, grind and water. Show your own recipe in grams, degrees and minutes.","keywords":["green tea benefits","how to brew green tea"],"content_type":"post","content_structure":"listicle","word_count":1450},{"cluster_id":2,"title":"How to Choose the Best Teapot","description":"Angle: no ranking by fame: criteria first, then a pick for each typical need, with the reason and the price of choosing it. Reader: people with a balcony, a bed or a bright window. Cover: “best teapot” and “teapot sizes”; say something about light, water and soil. Show dated photos of growth.","keywords":["best teapot","teapot sizes"],"content_type":"post","content_structure":"listicle","word_count":1750}]}','','',0,0,0,1795661971701);
INSERT INTO answer VALUES(X'66995c3dc47e4ee61493ff2d203e3e62e505df06ec210f7b294d8aa7ea14cb97',11,'','42996cdca935b3ab440767787e89949573f1dd1c0b8f70b0dce355c01b5760b1','image/webp',1024,768,40464,1795661976660);
INSERT INTO answer VALUES(X'826842c24ad27241cfd5568e6400c5a103e4047994748238105602537fdd6da6',4,'{"title":"How to Choose the Best Teapot","meta_title":"How to Choose the Best Teapot | Tea","meta_description":"How to choose the best teapot: the criteria that matter and a shortlist by need. With notes on light, water and soil. Clear and to the point.","excerpt":"The best teapot can be found without reading fifty tests. Settle light, then water, then soil, and only a handful of options remain. The list is sorted by need; each entry says what it takes and where it is the wrong choice.","body_markdown":"The best teapot can be found without reading fifty tests. Settle light, then water, then soil, and only a handful of options remain. The list is sorted by need; each entry says what it takes and where it is the wrong choice. It is written for gardeners who lost a plant and want to know why.\n\n## Know the Situation First\n\nIt helps to know the situation before the solution. Think of the last time you needed a teapot: where were you, what was missing, and what did you do instead?\n\nA teapot should solve a problem you can name. Write it down in one sentence before you read on; every later choice becomes easier, and some options fall away at once.\n\n> **To write:** describe one situation of your own in which a teapot made the difference, with place and time.\n\n## The Comparison at a Glance\n\nCopy the table and add a column for each option you consider. Rows in which all options are equal can be crossed out; what stays is the decision.\n\nA table keeps a comparison honest: every option has to answer the same questions, in the same words.\n\n| Criterion | How to check | Why it matters |\n| --- | --- | --- |\n| **Light** | Watch the spot for a day and count the hours of sun. | No amount of care replaces light. |\n| **Water** | Feel the soil a finger deep before you water. | More plants drown than dry out. |\n| **Soil** | Check drainage and size before you plant. | Roots need air as much as water. |\n\n> **To write:** add a column for each option, with figures of the same date and source.\n\n## One by One\n\nNothing on this list is right for everybody. Each entry says whom it suits and what it takes.\n\nThe entries stand in the order in which most people need them. Read the first line of each and stay where it sounds like you.\n\n### 1. If Safety at Home Comes First\n\nLook up whether the plant is poisonous. Curious mouths find everything.\n\n### 2. Think of Season\n\nNote when it grows and when it rests. The same care is right in May and wrong in December.\n\n### 3. Start from Pest Control\n\nLook under the leaves once a week. Early signs are easy to treat.\n\n### 4. Do Not Forget Purpose\n\nSay in one sentence what you need it for. Everything else follows from the purpose.\n\n### 5. If Quality Comes First\n\nFind out how good differs from good enough. Beyond that point you pay for nothing.\n\n> **To write:** name a concrete example for each entry and say in one line why it is on the list.\n\n## Who Will Be Happy with It, and Who Should Pass\n\nA recommendation is worth little without the person it is meant for. These readers gain most.\n\nLook for yourself in this list. If you are not in it, the alternatives deserve your time.\n\n- People with a balcony, a bed or a bright window\n- Gardeners who lost a plant and want to know why\n- People who care more about light than about water\n\n> **To write:** name the reader who should choose something else, and what.\n\n## What Readers Also Ask\n\nNot every situation is the ordinary one. Here are the cases people search for most.\n\n### Teapot Sizes\n\nWatch out for one thing with teapot sizes: forgetting to look back. Set a date to check what changed.\n\n## Checklist\n\nTick these off in order. An open point is no disaster, but it should be a decision.\n\n- The purpose written down in one sentence\n- Light checked\n- Water checked\n- Soil checked\n- Two ways compared, doing nothing included\n- A date set to look back\n\n## Conclusion\n\nIf you do only one thing after reading, begin with light. Everything else on this page can wait a week.\n\nKeep three things from this page: light comes first, water second, and a decision with a date beats a perfect one without. Start with the smallest step you can do today.\n\n> **To write:** close with your own recommendation in one sentence.\n","primary_keyword":"best teapot","secondary_keywords":["teapot sizes"],"tags":["teapot","teapot sizes","best teapot"],"categories":["Leaves","Best Teapot"],"faq":[{"question":"How do I choose a teapot?","answer":"Decide what you need it for, then compare light, water and soil. Anything that fails the first point can be left out."},{"question":"What should I know about teapot sizes first?","answer":"Three points carry most of the weight: soil, season and pest control. Settle them in this order and leave the rest for later."},{"question":"What do most people get wrong with a teapot?","answer":"Often it is feeding a sick plant. Fix light and water first, feed later."},{"question":"What do I need to get started?","answer":"Have these ready: a suitable pot or bed, the right soil mix, clean, sharp scissors and a place with enough light. Everything else can wait."},{"question":"Where should I begin?","answer":"Start with this: choose the place. Light, wind and reach come before beauty."}],"internal_links":[],"is_outline":true}','','',0,0,0,1795661971907);
INSERT INTO answer VALUES(X'93def24627c15270ee3865b594d8c8beba3e266cd9ae2acbbaa67fed1ec0869e',10,'','fe8c80462c23bce0107edbf394c5e89eb64a9064ca763ff1a717ad342121fa02','image/webp',1200,675,40408,1795661975696);
INSERT INTO answer VALUES(X'b793b71d0c627de9bb9fc1a93e9cf417108cd26065c3b8ac1cd829182230142e',8,'','3e875311b7deeb6d6f31217cdffb962a8f67352558b847d0469bb497972ed1cc','image/webp',1024,768,12252,1795661973811);
INSERT INTO answer VALUES(X'd1bf948a79c0210af388a37e0ea1d242b34797eaa5b9db1cfc4fe7da03c57e7b',3,'{"title":"5 Green Tea Benefits and What Makes Them Work","meta_title":"5 Green Tea Benefits and What Makes Them Work | Tea","meta_description":"Green tea benefits: a short selection with what each one takes and for whom it works. With notes on ratio, grind and water.","excerpt":"The most useful green tea benefits are the ones that fit your situation. Look at ratio, grind and water before you pick, and begin with one. The list is sorted by need; each entry says what it takes and where it is the wrong choice.","body_markdown":"The most useful green tea benefits are the ones that fit your situation. Look at ratio, grind and water before you pick, and begin with one. The list is sorted by need; each entry says what it takes and where it is the wrong choice. It is written for home brewers who want the same good cup every day.\n\n## Know the Situation First\n\nIt helps to know the situation before the solution. Think of the last time you needed green tea benefits: where were you, what was missing, and what did you do instead?\n\n> **To write:** describe one situation of your own in which green tea benefits made the difference, with place and time.\n\n## The Comparison at a Glance\n\nA table keeps a comparison honest: every option has to answer the same questions, in the same words.\n\n| Criterion | How to check | Why it matters |\n| --- | --- | --- |\n| **Ratio** | Weigh both sides and write the numbers down. | A scale removes most of the guesswork. |\n| **Grind** | Change the grind one step at a time and taste again. | It sets how fast flavour comes out. |\n| **Water** | Use fresh water and note its temperature. | Most of the cup is water, so its taste and heat decide. |\n\n> **To write:** add a column for each option, with figures of the same date and source.\n\n## The List\n\nThe entries stand in the order in which most people need them. Read the first line of each and stay where it sounds like you.\n\n### 1. If Cleanliness Comes First\n\nRinse after each use and clean thoroughly once a week. Old oils turn rancid and cover everything else.\n\n### 2. Think of Time\n\nTime every brew from first contact to last drop. Sour often means too short, bitter often means too long.\n\n### 3. Start from Freshness\n\nLook for a roast or harvest date and buy small packs. Old stock tastes flat whatever the method.\n\n### 4. Do Not Forget Purpose\n\nSay in one sentence what you need it for. Everything else follows from the purpose.\n\n### 5. If Quality Comes First\n\nFind out how good differs from good enough. Beyond that point you pay for nothing.\n\n> **To write:** name a concrete example for each entry and say in one line why it is on the list.\n\n## Worth a Closer Look\n\nNot every situation is the ordinary one. Here are the cases people search for most.\n\n### How to Brew Green Tea\n\nWatch out for one thing with brewing green tea: forgetting to look back. Set a date to check what changed.\n\n## Checklist\n\nTick these off in order. An open point is no disaster, but it should be a decision.\n\n- The purpose written down in one sentence\n- Ratio checked\n- Grind checked\n- Water checked\n- Two ways compared, doing nothing included\n- A date set to look back\n\n## Where to Go from Here\n\nSettle ratio, check grind, and leave the rest for later. Put a date into the calendar on which you look at the result.\n\n> **To write:** close with your own recommendation in one sentence.\n","primary_keyword":"green tea benefits","secondary_keywords":["how to brew green tea"],"tags":["green tea benefits","brewing green tea"],"categories":["Leaves","Green Tea Benefits"],"faq":[{"question":"Which green tea benefits should I try first?","answer":"Start with the one that needs the least preparation. Look at ratio and grind before you choose the next."},{"question":"How do you brew green tea?","answer":"Prepare first, work in a fixed order and check the result before you go on. The points to watch are water, time and freshness."},{"question":"What do most people get wrong with green tea benefits?","answer":"Often it is judging the first cup after cleaning. Make a second one before you adjust anything."},{"question":"What do I need to get started?","answer":"Have these ready: a scale, a timer, fresh ingredients and a way to control water temperature. Everything else can wait."},{"question":"Where should I begin?","answer":"Start with this: set out and weigh. Have everything measured before water gets hot."}],"internal_links":[],"is_outline":true}','','',0,0,0,1795661971844);
INSERT INTO answer VALUES(X'd91cf83c1e2b9c92f402091b6e30676cc2e1d0ca352a82bcbd080cfb36ce4835',12,'','a03f31cecb19ed95fadec6e2048e9aaf1715f10bbc2e285a6c4b4b32f8616276','image/webp',1024,768,63710,1795661977668);
CREATE TABLE provider (
  name text primary key check (length(name) between 1 and 100),
  kind text not null check (kind in ('openai_compatible')),
  base_url text not null check (length(base_url) between 1 and 2000),
  has_secret integer not null default 0 check (has_secret in (0, 1)),
  secret_tail text not null default '' check (length(secret_tail) <= 4),
  -- Calls that may be under way at once.
  concurrency integer not null default 4 check (concurrency between 1 and 64),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict, without rowid;
CREATE TABLE commit_mark (
  id integer primary key check (id = 1),
  token blob not null check (length(token) = 16)
) strict;
INSERT INTO commit_mark VALUES(1,X'00000000000000000000000000000032');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('model',2);
INSERT INTO sqlite_sequence VALUES('transfer',26);
INSERT INTO sqlite_sequence VALUES('credit_transaction',14);
INSERT INTO sqlite_sequence VALUES('site',1);
INSERT INTO sqlite_sequence VALUES('sector',1);
INSERT INTO sqlite_sequence VALUES('keyword',10);
INSERT INTO sqlite_sequence VALUES('notification',9);
INSERT INTO sqlite_sequence VALUES('job',12);
INSERT INTO sqlite_sequence VALUES('cap',3);
INSERT INTO sqlite_sequence VALUES('cluster',2);
INSERT INTO sqlite_sequence VALUES('usage_log',12);
INSERT INTO sqlite_sequence VALUES('idea',2);
INSERT INTO sqlite_sequence VALUES('task',2);
INSERT INTO sqlite_sequence VALUES('content',2);
INSERT INTO sqlite_sequence VALUES('content_version',2);
INSERT INTO sqlite_sequence VALUES('image',6);
INSERT INTO sqlite_sequence VALUES('publication',1);
CREATE UNIQUE INDEX sector_name on sector(site_id, name collate nocase) where removed_at = 0;
CREATE UNIQUE INDEX cluster_name on cluster(sector_id, name collate nocase) where removed_at = 0;
CREATE INDEX cluster_by_site on cluster(site_id, status) where removed_at = 0;
CREATE UNIQUE INDEX keyword_key on keyword(sector_id, key, country) where removed_at = 0;
CREATE INDEX keyword_by_volume on keyword(site_id, volume, id) where removed_at = 0;
CREATE INDEX keyword_by_status on keyword(site_id, status, sector_id) where removed_at = 0;
CREATE INDEX keyword_by_cluster on keyword(cluster_id) where removed_at = 0 and cluster_id is not null;
CREATE INDEX idea_by_site on idea(site_id, status) where removed_at = 0;
CREATE INDEX idea_by_cluster on idea(cluster_id) where removed_at = 0;
CREATE UNIQUE INDEX task_one_per_idea on task(idea_id) where removed_at = 0 and idea_id is not null;
CREATE INDEX task_by_site on task(site_id, status) where removed_at = 0;
CREATE INDEX content_by_site on content(site_id, status, delivery) where removed_at = 0;
CREATE INDEX content_by_cluster on content(cluster_id) where removed_at = 0;
CREATE UNIQUE INDEX content_one_per_task on content(task_id) where removed_at = 0 and task_id is not null;
CREATE UNIQUE INDEX image_place on image(content_id, image_type, position) where removed_at = 0;
CREATE INDEX image_by_site on image(site_id, status) where removed_at = 0;
CREATE INDEX image_by_hash on image(media_hash) where media_hash <> '';
CREATE UNIQUE INDEX transfer_one_resolution on transfer(hold_id) where hold_id is not null;
CREATE INDEX transfer_by_call on transfer(call_id) where call_id is not null;
CREATE TRIGGER transfer_is_immutable before update on transfer
begin
  select raise(abort, 'transfers are immutable');
end;
CREATE TRIGGER transfer_is_permanent before delete on transfer
begin
  select raise(abort, 'transfers are permanent');
end;
CREATE TRIGGER transfer_resolves_a_hold before insert on transfer
when new.kind in ('settle', 'release')
begin
  select raise(abort, 'no such hold')
  where not exists (select 1 from transfer h where h.id = new.hold_id and h.kind = 'hold');
  select raise(abort, 'resolution differs from its hold')
  where exists (
    select 1 from transfer h where h.id = new.hold_id
      and (h.debit_id <> new.debit_id or h.credit_id <> new.credit_id or new.amount > h.amount
           or h.call_id is not new.call_id));
end;
CREATE TRIGGER transfer_post after insert on transfer
when new.kind = 'post'
begin
  update account set debits_posted = debits_posted + new.amount where id = new.debit_id;
  update account set credits_posted = credits_posted + new.amount where id = new.credit_id;
end;
CREATE TRIGGER transfer_hold after insert on transfer
when new.kind = 'hold'
begin
  update account set debits_pending = debits_pending + new.amount where id = new.debit_id;
  update account set credits_pending = credits_pending + new.amount where id = new.credit_id;
end;
CREATE TRIGGER transfer_resolve after insert on transfer
when new.kind in ('settle', 'release')
begin
  update account set
    debits_pending = debits_pending - (select amount from transfer where id = new.hold_id),
    debits_posted = debits_posted + new.amount
  where id = new.debit_id;
  update account set
    credits_pending = credits_pending - (select amount from transfer where id = new.hold_id),
    credits_posted = credits_posted + new.amount
  where id = new.credit_id;
end;
CREATE UNIQUE INDEX model_current on model(provider, model_name) where is_active = 1;
CREATE UNIQUE INDEX model_one_default on model(model_type) where is_default = 1;
CREATE INDEX operation_by_time on operation(created_at);
CREATE INDEX operation_open on operation(site_id) where status = 'pending';
CREATE INDEX job_ready on job(run_at, id) where state = 'ready';
CREATE INDEX job_leased on job(lease_instance) where state = 'leased';
CREATE INDEX call_open on call(state) where state in ('held', 'sent', 'unknown');
CREATE INDEX call_by_job on call(job_id);
CREATE INDEX usage_by_operation on usage_log(operation_id);
CREATE INDEX usage_by_time on usage_log(at);
CREATE INDEX usage_by_related on usage_log(related_type, related_id);
CREATE INDEX credit_transaction_by_time on credit_transaction(at);
CREATE INDEX credit_transaction_by_operation on credit_transaction(operation_id);
CREATE TRIGGER credit_transaction_is_immutable before update on credit_transaction
begin
  select raise(abort, 'the statement is immutable');
end;
CREATE TRIGGER credit_transaction_is_permanent before delete on credit_transaction
begin
  select raise(abort, 'the statement is permanent');
end;
CREATE INDEX notification_unread on notification(created_at) where read_at = 0 and removed_at = 0;
CREATE INDEX notification_by_time on notification(created_at) where removed_at = 0;
CREATE UNIQUE INDEX outbox_one_open on outbox(content_id) where state in ('pending', 'drafted', 'updated');
CREATE INDEX publication_by_content on publication(content_id);
CREATE VIEW igny8_billing_aimodelconfig as
select
  id, model_name, display_name, model_type, provider,
  cast(nullif(cost_per_1k_input, '') as real) as cost_per_1k_input,
  cast(nullif(cost_per_1k_output, '') as real) as cost_per_1k_output,
  cast(nullif(cost_per_1k_cached_input, '') as real) as cost_per_1k_cached_input,
  cast(nullif(cost_per_image, '') as real) as cost_per_image,
  case when credits_per_image < 0 then null else credits_per_image / 1e6 end as credits_per_image,
  case when tokens_per_credit < 0 then null else tokens_per_credit end as tokens_per_credit,
  min_credits / 1e6 as min_credits,
  is_active, is_default, context_tokens as max_input_tokens, max_output_tokens
from model;
CREATE VIEW igny8_ai_task_logs as
select
  lower(hex(o.id)) as id, lower(hex(o.id)) as task_id, o.function_name, o.phase, o.status, o.error_code as error,
  m.model_name as model, m.provider, o.cost_nano / 1e9 as cost, o.credits / 1e6 as credits, o.items_total,
  o.units_total, o.units_done, o.units_failed, o.results, o.started_by, o.site_id,
  o.created_at, case o.ended_at when 0 then null else (o.ended_at - o.created_at) / 1000.0 end as duration
from operation o join model m on m.id = o.model_id;
CREATE VIEW igny8_notifications_notification as
select
  id, notification_type, severity, site_id, related_type as related_object_type, related_id as related_object_id,
  params as metadata, case read_at when 0 then 0 else 1 end as is_read, read_at, created_at
from notification
where removed_at = 0;
CREATE VIEW igny8_billing_credittransaction as
select
  id, operation_type, transaction_type, amount / 1e6 as amount, balance_after / 1e6 as balance_after,
  memo as description, lower(hex(operation_id)) as task_id, at as created_at
from credit_transaction;
CREATE INDEX cluster_leaver_by_cluster on cluster_leaver(cluster_id);
CREATE UNIQUE INDEX content_slug on content(site_id, slug) where removed_at = 0;
CREATE INDEX usage_by_site on usage_log(site_id, at, credits);
CREATE VIEW igny8_billing_creditusagelog as
select
  u.id, lower(hex(u.operation_id)) as task_id, u.operation_type, u.credits / 1e6 as credits_used,
  u.cost_nano / 1e9 as cost_usd, u.credit_value_nano / 1e9 as credit_value_usd, m.model_name as model_used, m.provider,
  u.tokens_input + u.tokens_cached + u.tokens_cache_write + u.tokens_image_input as tokens_input,
  u.tokens_output + u.tokens_reasoning + u.tokens_image_output as tokens_output,
  u.images, u.is_estimated, u.outcome,
  u.related_type as related_object_type, u.related_id as related_object_id, u.reused_from, u.site_id,
  u.at as created_at
from usage_log u join model m on m.id = u.model_id;
CREATE INDEX operation_by_run on operation(run_id) where run_id is not null;
CREATE INDEX cap_by_scope on cap(scope, id);
CREATE TRIGGER cap_hold after insert on transfer
when new.kind = 'hold'
begin
  update cap set held = held + new.amount
  where id in (select cap_id from call_cap where call_id = new.call_id);
end;
CREATE TRIGGER cap_resolve after insert on transfer
when new.kind in ('settle', 'release')
begin
  update cap set
    held = held - (select amount from transfer where id = new.hold_id),
    used = used + new.amount,
    ceiling = case wanted when -1 then ceiling else
      max(wanted, used + new.amount + held - (select amount from transfer where id = new.hold_id)) end
  where id in (select cap_id from call_cap where call_id = new.call_id);
end;
CREATE INDEX usage_by_kind on usage_log(operation_type, model_id, outcome, id);
CREATE INDEX content_by_task on content(task_id) where task_id is not null;
CREATE INDEX image_by_content on image(content_id);
CREATE VIEW usage_line as
select
  u.id, u.call_id, u.operation_id, u.operation_type, u.site_id, u.model_id, u.related_type, u.related_id,
  case u.related_type
    when 'content' then u.related_id
    when 'image' then (select i.content_id from image i where i.id = u.related_id)
    when 'task' then coalesce(
      (select max(c.id) from content c where c.task_id = u.related_id and c.created_at <= u.at),
      (select min(c.id) from content c where c.task_id = u.related_id))
  end as content_id,
  u.outcome, u.credits, u.cost_nano, u.credit_value_nano,
  case u.cost_nano when 0 then 0 else
    (select coalesce(sum(a.cost_nano), 0) from attempt a where a.call_id = u.call_id) end as lost_nano,
  u.tokens_input, u.tokens_cached, u.tokens_cache_write, u.tokens_output, u.tokens_reasoning, u.tokens_image_input,
  u.tokens_image_output, u.images, u.is_estimated, u.reused_from, u.at
from usage_log u;
COMMIT;
