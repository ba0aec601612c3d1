//! Categories and tags by name.

use crate::site::admin;
use igny8_core::port::Destination;
use igny8_core::port::destination::Taxonomy;
use igny8_testkit::wordpress::RealWordPress;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_are_made_once_whatever_stands_in_their_names() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    let wanted = names(&["R&D", "Tea", "Teapots & cups", "O'Reilly \"books\"", "日本", "a < b", "Café"]);
    for taxonomy in [Taxonomy::Category, Taxonomy::Tag] {
        let count = || wordpress.eval_php("echo wp_count_terms('category'), ',', wp_count_terms('post_tag');");
        let made = site.ensure_terms(taxonomy, &wanted).await.unwrap();
        let after = count();
        assert_eq!(made.iter().map(|term| term.name.clone()).collect::<Vec<_>>(), wanted);
        assert_eq!(site.ensure_terms(taxonomy, &wanted).await.unwrap(), made, "{taxonomy:?}");
        assert_eq!(count(), after);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_the_whole_name_in_any_case() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    let made =
        site.ensure_terms(Taxonomy::Tag, &names(&["teapot", " Green Tea ", "", "green tea", "tea"])).await.unwrap();
    let ids: Vec<&str> = made.iter().map(|term| term.id.as_str()).collect();
    assert_eq!(
        made.iter().map(|term| term.name.as_str()).collect::<Vec<_>>(),
        ["teapot", "Green Tea", "Green Tea", "tea"]
    );
    assert_eq!(ids[1], ids[2]);
    assert!(ids[0] != ids[3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_drowns_in_its_neighbours_is_still_the_same_term() {
    let wordpress = RealWordPress::start();
    let code = "for ($i = 0; $i < 620; $i++) wp_insert_term(\"a tea $i\", 'post_tag'); echo wp_insert_term('tea', 'post_tag')['term_id'];";
    let id = wordpress.eval_php(code);
    let found = admin(&wordpress).ensure_terms(Taxonomy::Tag, &names(&["tea"])).await.unwrap();
    assert_eq!(found.iter().map(|term| term.id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
}
