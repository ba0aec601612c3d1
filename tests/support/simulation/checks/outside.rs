//! The books against the world outside: the vendor's answers and bill, the user's switch and limits, the site's public
//! posts. Prices are worked out here once more, from the catalogue's text and in integers, without the product's code.

use super::Outside;
use crate::simulation::truth::{Limit, Taken};
use crate::simulation::vendor::{Fate, Request, sides};
use igny8_core::id::CallId;
use igny8_core::port::destination::RemoteStatus;
use igny8_core::usage::Usage;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// Micro-credits of a credit.
const MICRO: i64 = 1_000_000;
/// Nano-dollars of a dollar.
const NANO_DIGITS: usize = 9;

/// A resolved call as the books have it.
struct Charged {
    call: CallId,
    is_settled: bool,
    hold: i64,
    credits: i64,
    cost: i64,
    lost: i64,
    tokens: [i64; 5],
    model: i64,
}

/// What a model costs, from the catalogue.
struct Price {
    is_image: bool,
    input: i128,
    cached: i128,
    output: i128,
    reasoning: i128,
    image: i128,
    credits_per_image: i64,
    tokens_per_credit: i64,
    min_credits: i64,
}

/// What does not fit what the outside knows.
pub(super) fn broken(file: &Connection, outside: &Outside<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    let charged = charged(file);
    results(file, outside, &charged, &mut broken);
    bills(file, outside.requests, &charged, &mut broken);
    answers(file, outside.requests, &mut broken);
    unknown_calls(file, outside.requests, &mut broken);
    super::units::broken(file, outside.requests, &mut broken);
    switched_off(file, outside, &mut broken);
    limits(file, outside, &mut broken);
    grants(file, outside, &mut broken);
    posts(file, outside, &mut broken);
    broken.extend(outside.truth.complaints.iter().cloned());
    broken
}

/// Stored results against charges, both ways, and each charge against what the vendor counted.
fn results(file: &Connection, outside: &Outside<'_>, charged: &[Charged], broken: &mut Vec<String>) {
    let stored = stored_marks(file);
    let prices = prices(file);
    let by_call: BTreeMap<CallId, &Charged> = charged.iter().map(|charged| (charged.call, charged)).collect();
    let mut paid: BTreeMap<CallId, u64> = BTreeMap::new();
    for mark in &stored {
        // A vendor that remembers gives the same answer twice; the first may have been lost.
        let mut of_mark = outside.requests.iter().filter(|request| request.mark == *mark);
        let Some(request) = of_mark.clone().find(|request| request.told.is_some()).or_else(|| of_mark.next()) else {
            broken.push(format!("a stored result comes from an answer: mark {mark}"));
            continue;
        };
        match by_call.get(&request.call) {
            Some(charged) if charged.is_settled => {
                paid.insert(request.call, *mark);
                fits(charged, request, &prices, broken);
            }
            _ => broken.push(format!("a stored result is charged: mark {mark}, call {}", request.call)),
        }
    }
    for charged in charged.iter().filter(|charged| charged.is_settled && !paid.contains_key(&charged.call)) {
        broken.push(format!("a charge has a stored result: call {}", charged.call));
    }
}

/// One charge against what was told with the answer that was stored.
fn fits(charged: &Charged, request: &Request, prices: &BTreeMap<i64, Price>, broken: &mut Vec<String>) {
    let Some(told) = request.told else {
        return broken.push(format!("what is stored was answered: call {}", charged.call));
    };
    let price = &prices[&charged.model];
    let (credits, cost) = price.of(&told);
    if charged.credits != credits.min(charged.hold) {
        broken.push(format!(
            "a charge is the price of what was consumed: call {}, {} instead of {credits} of {}",
            charged.call, charged.credits, charged.hold
        ));
    }
    if charged.cost != cost + charged.lost {
        broken.push(format!(
            "the cost is the vendor's: call {}, {} instead of {cost} + {}",
            charged.call, charged.cost, charged.lost
        ));
    }
    let tokens = [told.input_tokens, told.cached_input_tokens, told.output_tokens, told.reasoning_tokens, told.images];
    if charged.tokens != tokens.map(i64::from) {
        broken.push(format!("usage rows say what was consumed: call {}, {:?}", charged.call, charged.tokens));
    }
    if !told.is_estimated && told != request.billed && request.billed != Usage::default() {
        broken.push(format!("the vendor bills what it told: call {}", charged.call));
    }
}

/// Whatever the vendor bills for a call is on the books once the call is resolved, whichever way. Of an answer that never
/// came nobody can know that it was a dear one: it counts as an ordinary one, with what it wrote of the room it was given.
fn bills(file: &Connection, requests: &[Request], charged: &[Charged], broken: &mut Vec<String>) {
    let prices = prices(file);
    let mut by_call: BTreeMap<CallId, Vec<&Request>> = BTreeMap::new();
    for request in requests {
        by_call.entry(request.call).or_default().push(request);
    }
    for charged in charged {
        let Some(requests) = by_call.get(&charged.call) else { continue };
        let price = &prices[&charged.model];
        let known = requests.iter().filter(|request| request.fate != Fate::Dear);
        let bill: i64 = known.map(|request| price.of_all(&request.billed)).sum();
        if charged.cost < bill {
            broken.push(format!("what the vendor bills is booked: call {}, {} of {bill}", charged.call, charged.cost));
        }
    }
}

/// A call asks for one thing however often it is sent, to the word, and an answer is kept under what was asked when it was
/// given.
fn answers(file: &Connection, requests: &[Request], broken: &mut Vec<String>) {
    let (mut by_call, mut by_mark) = (BTreeMap::new(), BTreeMap::new());
    for request in requests {
        let asked = (request.asked, request.words);
        if *by_call.entry(request.call).or_insert(asked) != asked {
            broken.push(format!("a call asks for one thing: {}", request.call));
        }
        by_mark.insert(request.mark, request.asked);
    }
    let mut statement = file
        .prepare_cached("select request_hash, body, width || 'x' || height from answer")
        .expect("a statement of ours");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    for row in rows.expect("answers can be read") {
        let (hash, body, sides): (Vec<u8>, String, String) = row.expect("an answer");
        let mark = mark_in(if body.is_empty() { &sides } else { &body });
        if mark.and_then(|mark| by_mark.get(&mark)).is_none_or(|asked| asked[..] != hash[..]) {
            broken.push(format!("an answer is kept under its own request: mark {mark:?}"));
        }
    }
}

/// Marks of answers that something was stored of.
fn stored_marks(file: &Connection) -> BTreeSet<u64> {
    let mut statement = file.prepare_cached("select mark from witness").expect("a statement of ours");
    let marks = statement.query_map([], |row| row.get::<_, String>(0)).expect("witnesses can be read");
    marks.filter_map(|mark| mark_in(&mark.expect("text"))).collect()
}

/// The number behind the word `Mark`, or that of a picture's sides.
fn mark_in(text: &str) -> Option<u64> {
    if let Some((width, height)) = text.split_once('x')
        && let (Ok(width), Ok(height)) = (width.parse::<u32>(), height.parse::<u32>())
    {
        let mark = (1..).find(|mark| sides(*mark) == (width, height));
        return mark;
    }
    let (_, after) = text.split_once("Mark ")?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn charged(file: &Connection) -> Vec<Charged> {
    let mut statement = file
        .prepare_cached(
            "select c.id, r.kind = 'settle', h.amount, r.amount, u.cost_nano, c.model_id,
               (select coalesce(sum(a.cost_nano), 0) from attempt a where a.call_id = c.id
                  and not exists (select 1 from attempt b where b.call_id = a.call_id and b.n > a.n
                    and a.provider_request_id <> '' and b.provider_request_id = a.provider_request_id
                    and (b.outcome = 'settled' or b.cost_nano > 0))),
               u.tokens_input, u.tokens_cached, u.tokens_output, u.tokens_reasoning, u.images
             from call c join transfer h on h.id = c.hold_id join transfer r on r.hold_id = h.id
               join usage_log u on u.call_id = c.id",
        )
        .expect("a statement of ours");
    let rows = statement.query_map([], |row| {
        Ok(Charged {
            call: call_id(&row.get::<_, Vec<u8>>(0)?),
            is_settled: row.get(1)?,
            hold: row.get(2)?,
            credits: row.get(3)?,
            cost: row.get(4)?,
            model: row.get(5)?,
            lost: row.get(6)?,
            tokens: [row.get(7)?, row.get(8)?, row.get(9)?, row.get(10)?, row.get(11)?],
        })
    });
    rows.expect("calls can be read").map(|row| row.expect("a call")).collect()
}

pub(super) fn call_id(bytes: &[u8]) -> CallId {
    CallId::from_slice(bytes).expect("sixteen bytes")
}

fn prices(file: &Connection) -> BTreeMap<i64, Price> {
    let mut statement = file
        .prepare_cached(
            "select id, model_type = 'image', cost_per_1k_input, cost_per_1k_cached_input, cost_per_1k_output,
               cost_per_1k_reasoning, cost_per_image, credits_per_image, tokens_per_credit, min_credits from model",
        )
        .expect("a statement of ours");
    let rows = statement.query_map([], |row| {
        let price = |place| Ok::<_, rusqlite::Error>(nano(&row.get::<_, String>(place)?));
        let (input, output) = (price(2)?, price(4)?);
        let known = Price {
            is_image: row.get(1)?,
            input: input.unwrap_or(0),
            cached: price(3)?.or(input).unwrap_or(0),
            output: output.unwrap_or(0),
            reasoning: price(5)?.or(output).unwrap_or(0),
            image: price(6)?.unwrap_or(0),
            credits_per_image: row.get(7)?,
            tokens_per_credit: row.get(8)?,
            min_credits: row.get(9)?,
        };
        Ok((row.get(0)?, known))
    });
    rows.expect("models can be read").map(|row| row.expect("a model")).collect()
}

/// A price in dollars as nano-dollars; none for an empty text.
fn nano(text: &str) -> Option<i128> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = whole.chars().chain(part.chars().chain("000000000".chars()).take(NANO_DIGITS)).collect();
    (!text.is_empty()).then(|| digits.parse().expect("a price is digits"))
}

impl Price {
    /// Nano-dollars; nothing for what was not run.
    fn of_all(&self, usage: &Usage) -> i64 {
        if *usage == Usage::default() { 0 } else { self.of(usage).1 }
    }

    /// Micro-credits and nano-dollars.
    fn of(&self, usage: &Usage) -> (i64, i64) {
        if self.is_image {
            let images = i64::from(usage.images);
            return (images * self.credits_per_image, whole(i128::from(images) * self.image, 1));
        }
        let buckets = [
            (usage.input_tokens, self.input),
            (usage.cached_input_tokens, self.cached),
            (usage.output_tokens, self.output),
            (usage.reasoning_tokens, self.reasoning),
        ];
        let tokens: i64 = buckets.iter().map(|(tokens, _)| i64::from(*tokens)).sum();
        let cost: i128 = buckets.iter().map(|(tokens, price)| i128::from(*tokens) * price).sum();
        let credits = (tokens + self.tokens_per_credit - 1) / self.tokens_per_credit * MICRO;
        (credits.max(self.min_credits), whole(cost, 1_000))
    }
}

/// Divided and rounded half up.
fn whole(value: i128, by: i128) -> i64 {
    i64::try_from((2 * value + by) / (2 * by)).expect("an amount")
}

/// Nothing leaves without a call on disk, and nobody asks twice more than allowed.
fn unknown_calls(file: &Connection, requests: &[Request], broken: &mut Vec<String>) {
    let mut statement = file.prepare_cached("select attempts from call where id = ?1").expect("a statement of ours");
    let mut sent: BTreeMap<CallId, i64> = BTreeMap::new();
    for request in requests {
        *sent.entry(request.call).or_default() += 1;
    }
    for (call, times) in sent {
        let noted = statement.query_row([call.as_bytes()], |row| row.get::<_, i64>(0));
        match noted {
            Ok(noted) if times <= noted => {}
            Ok(noted) => broken.push(format!("a request is on record before it leaves: call {call}, {times}, {noted}")),
            Err(_) => broken.push(format!("a request has a call on disk: {call}")),
        }
    }
}

/// While the user had stopped all paid work, nothing was held.
fn switched_off(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    let mut statement = file
        .prepare_cached("select hex(id) from transfer where kind = 'hold' and seq > ?1 and seq <= ?2")
        .expect("a statement of ours");
    for (from, to) in &outside.truth.stopped {
        let held = statement.query_map(params![from, to.unwrap_or(i64::MAX)], |row| row.get::<_, String>(0));
        for hold in held.expect("transfers can be read") {
            broken.push(format!("nothing is held while paid work is stopped: {}", hold.expect("text")));
        }
    }
}

/// A limit is kept from the moment the user was told that it is set.
fn limits(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    for Limit { of, amount, taken_before } in outside.truth.limits() {
        let period = of.period(outside.now);
        let before = taken_before.get(&period).copied().unwrap_or_default();
        let taken = Taken::of(file, *of, &period);
        if taken > before.max(amount.0) {
            broken.push(format!("a limit is kept: {of:?} {period}, {taken} of {}", amount.0));
        }
    }
}

/// Every credit in the wallet is a month's or was added by the user, each once.
fn grants(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    let mut statement = file
        .prepare_cached(
            "select s.memo, sum(t.amount), count(*) from transfer t join account d on d.id = t.debit_id
               join account c on c.id = t.credit_id left join credit_transaction s on s.transfer_id = t.id
             where t.kind = 'post' and c.code = 'wallet' and d.code <> 'budget' group by s.memo",
        )
        .expect("a statement of ours");
    let rows = statement.query_map([], |row| Ok((row.get::<_, Option<String>>(0)?, row.get(1)?, row.get(2)?)));
    for row in rows.expect("grants can be read") {
        let (memo, amount, times): (Option<String>, i64, i64) = row.expect("a grant");
        match outside.truth.grants.iter().find(|grant| Some(&grant.memo) == memo.as_ref()) {
            Some(grant) if (grant.amount.0, 1) == (amount, times) => {}
            Some(grant) => broken.push(format!("a grant is there once: {}, {times} times", grant.memo)),
            None => broken.push(format!("every credit was granted by somebody: {memo:?}")),
        }
    }
}

/// At most one public post for each article.
fn posts(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    let mut statement =
        file.prepare_cached("select content_id from outbox where draft_slug = ?1").expect("a statement of ours");
    let mut public: BTreeMap<i64, u32> = BTreeMap::new();
    for post in outside.posts.iter().filter(|post| post.now.status == RemoteStatus::Publish) {
        let key = &post.key;
        match statement.query_row([key], |row| row.get::<_, i64>(0)) {
            Ok(content) => *public.entry(content).or_default() += 1,
            Err(_) => broken.push(format!("a public post was meant to be: {key}")),
        }
    }
    for (content, _) in public.iter().filter(|(_, posts)| **posts > 1) {
        broken.push(format!("an article is public once: {content}"));
    }
}
