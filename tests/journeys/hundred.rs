//! Illustrated articles to a real WordPress, over a line that loses every fifth answer, by a program that is killed once
//! in ten of them: each is one post, each picture one file, each proof says that all is as it was sent, and what the
//! losses cost is counted. `make soak` sends a hundred.
//!
//! What they cost beyond the minimum: the minimum is what the same protocol asks for when nothing goes wrong, since none of
//! its requests can be left out (a draft, each file, the terms that are new, the update, and what is read back of post and
//! files); it is taken in the same run, from articles of the same kind.

use crate::outbox_program::Desk;
use igny8_tests::effort;
use igny8_tests::line::{Fate, Logged};
use std::collections::BTreeMap;

/// Those that go out first, so that the site knows the terms that all have in common.
const FIRST: usize = 4;
/// Those that go out then, when all goes well: what one takes.
const WELL: usize = 8;
/// Each so many answers one is lost.
const LOST_EACH: usize = 5;
/// In each so many the program is killed, at another step each time.
const KILLED_EACH: usize = 10;
/// Requests a post beyond what it takes when all goes well.
const BEYOND_MAX: f64 = 2.5;
/// Programs that are started at most.
const ROUNDS_MAX: usize = 40;

/// Makes as many more of the articles that are there, each with pictures, a title, an address and a tag of its own.
fn multiply(desk: &Desk, articles: usize) {
    let made = "insert into content (site_id, sector_id, cluster_id, title, slug, excerpt, meta_title, meta_description,
          primary_keyword, secondary_keywords, tags, categories, content_type, content_structure, word_count, status,
          created_at, updated_at)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < {articles}),
          old as (select *, row_number() over (order by id) - 1 as place, count(*) over () as all_of from content)
        select site_id, sector_id, cluster_id, title || ' ' || i, slug || '-no-' || i, excerpt, meta_title,
          meta_description, primary_keyword, secondary_keywords, json_insert(tags, '$[#]', 'Number ' || i), categories,
          content_type, content_structure, word_count, 'approved', created_at + i, updated_at
        from n join old on old.place = i % all_of;
      insert into content_version (content_id, version, html, origin, created_at)
        select new.id, 1, (select v.html from content_version v join content old on old.id = v.content_id
            where new.slug like old.slug || '-no-%' and v.version = old.version), 'model', new.created_at
        from content new where new.slug like '%-no-%';
      insert into image (site_id, content_id, image_type, position, heading, prompt, alt, status, media_hash, media_type,
          width, height, bytes, created_at, updated_at)
        select i.site_id, new.id, i.image_type, i.position, i.heading, i.prompt, i.alt || ' ' || new.id, i.status,
          i.media_hash, i.media_type, i.width, i.height, i.bytes, i.created_at, i.updated_at
        from content new join content old on new.slug like old.slug || '-no-%' join image i on i.content_id = old.id
        where i.status = 'generated'";
    desk.home.sqlite(&made.replace("{articles}", &articles.to_string()));
}

/// What a request is for, as the log of the test names it.
fn kind(logged: &Logged) -> String {
    let path = logged.target.split('?').next().unwrap_or_default();
    let steps =
        path.trim_end_matches('/').rsplit('/').map(|step| if step.parse::<u64>().is_ok() { "ID" } else { step });
    let mut steps: Vec<&str> = steps.take(2).collect();
    steps.reverse();
    format!("{} {}", logged.method, steps.join("/"))
}

fn counts(log: &[Logged]) -> BTreeMap<String, (usize, usize)> {
    let mut counted: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for logged in log {
        let entry = counted.entry(kind(logged)).or_default();
        entry.0 += 1;
        entry.1 += usize::from(logged.fate != Fate::Through);
    }
    counted
}

/// A number that looks like chance and is the same in each run.
fn chance(nth: usize) -> usize {
    (nth.wrapping_mul(2_654_435_761) >> 7) % 23
}

/// Blocks of all posts as WordPress's own parser reads them, and pieces of text among them that are in none.
const PARSED: &str = "
    function tally($blocks, &$named, &$loose) {
        foreach ($blocks as $block) {
            if ($block['blockName'] !== null) { $named++; }
            elseif (trim($block['innerHTML']) !== '') { $loose++; }
            tally($block['innerBlocks'], $named, $loose);
        }
    }
    $named = $loose = 0;
    foreach (get_posts(['post_status' => 'publish', 'numberposts' => -1]) as $post) {
        tally(parse_blocks($post->post_content), $named, $loose);
    }
    echo \"$named $loose\";";

#[test]
fn as_many_posts_as_articles_come_of_a_line_that_loses_every_fifth_answer_and_cost_little_more() {
    let posts = effort::posts();
    let most_kills = posts / KILLED_EACH;
    let desk = Desk::with_pictures("4", "1");
    multiply(&desk, posts + WELL);
    let all = desk.unpublished();
    assert_eq!(all, (posts + WELL + FIRST) as i64, "so many wait");
    desk.home.json(&["publish", "--site", "Tea", "--limit", &FIRST.to_string()]);
    let before = desk.line.log().len();
    desk.home.json(&["publish", "--site", "Tea", "--limit", &WELL.to_string()]);
    let well = desk.line.log()[before..].to_vec();
    let least = well.len() as f64 / WELL as f64;

    desk.line.decide(|nth, _| match nth % LOST_EACH {
        0 if nth % (2 * LOST_EACH) == 0 => Fate::AnswerCut,
        0 => Fate::AnswerLost,
        _ => Fate::Through,
    });
    let mut kills = 0;
    for _ in 0..ROUNDS_MAX {
        if desk.unpublished() == 0 {
            break;
        }
        if kills < most_kills {
            let until = desk.line.passed() + 4 + 3 * LOST_EACH + chance(kills);
            let mut running = desk.home.start(&["publish", "--site", "Tea"]);
            running.until(|| desk.line.passed() >= until);
            kills += usize::from(running.kill());
        } else {
            desk.home.run(&["publish", "--site", "Tea"]);
        }
    }
    let log = desk.line.log();
    let poor = &log[before + well.len()..];
    let lost = poor.iter().filter(|logged| logged.fate != Fate::Through).count();
    let beyond = poor.len() as f64 / posts as f64 - least;
    let (public, drafts, files) = (desk.public(), desk.posts("draft"), desk.files());
    let parsed = desk.wordpress.eval_php(PARSED);
    let (blocks, loose) = parsed.split_once(' ').expect("two numbers");
    println!("{posts} posts, {lost} answers lost and {kills} kills: {} requests", poor.len());
    println!("{least:.2} a post when all goes well, {beyond:.2} beyond that");
    println!(
        "{} duplicates, {drafts} drafts left, {} files too many",
        public - WELL - FIRST - posts,
        files - desk.pictures()
    );
    println!("{blocks} blocks, {loose} pieces of text in none");
    for (kind, (came, lost)) in counts(poor) {
        println!("{came:5} {lost:4} lost  {kind}");
    }
    for (kind, (came, _)) in counts(&well) {
        println!("{came:5} when all went well  {kind}");
    }
    assert_eq!((desk.unpublished(), public, kills), (0, posts + WELL + FIRST, most_kills), "each is there once");
    assert!(loose == "0" && blocks.parse::<usize>().is_ok_and(|blocks| blocks > posts), "{parsed}");
    assert!(drafts <= kills && files <= desk.pictures() + kills, "{drafts} drafts, {files} files");
    let amiss = "select count(*) from receipt_field where verdict <> 'as_sent' and note = ''";
    assert_eq!(desk.home.books().number(amiss), 0, "all of it as it was sent");
    assert_eq!(desk.home.books().number("select count(*) from publication"), all, "each proven once");
    assert!(beyond <= BEYOND_MAX, "{beyond:.2} requests a post beyond the {least:.2} that one takes");
}
