//! A site's fields, its connection and its removal.

use super::*;
use crate::fixture::{Bench, NOW, SITE};

fn fields(url: &str) -> SiteFields {
    SiteFields {
        name: "Tea".to_owned(),
        url: url.to_owned(),
        user_name: "ada".to_owned(),
        language: "de".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        brand_color: "#102030".to_owned(),
        in_article_images: 3,
        image_format: ImageFormat::Png,
        body_form: BodyForm::Blocks,
        has_contents: false,
        goes_on_by_itself: false,
    }
}

fn tea(is_sample: bool) -> NewSite {
    NewSite { kind: DestinationKind::WordPress, is_sample, fields: fields("https://tea.example") }
}

#[test]
fn a_site_reads_back_as_it_was_written() {
    let mut bench = Bench::new();
    let id = bench.write(|write| write.site_add(&tea(false), NOW)).unwrap();
    let site = bench.read(move |read| read.site(id));
    assert_eq!(
        (site.name.as_str(), site.kind, site.zone.as_str()),
        ("Tea", DestinationKind::WordPress, "Europe/Berlin")
    );
    assert_eq!((site.in_article_images, site.image_format), (3, ImageFormat::Png));
    assert_eq!((site.connection, site.probe, site.tested_at), (Connection::Untested, None, None), "nobody asked it");
    let names: Vec<String> = bench.read(|read| read.sites()).into_iter().map(|site| site.name).collect();
    assert_eq!(names, ["Garden", "Tea"], "by name");
}

#[test]
fn a_connection_is_forgotten_when_what_it_depended_on_changes() {
    let mut bench = Bench::new();
    let id = bench.write(|write| write.site_add(&tea(false), NOW)).unwrap();
    let probe = SiteProbe {
        name: "Tea".to_owned(),
        address: "https://www.tea.example".to_owned(),
        api_url: "https://tea.example/wp-json/".to_owned(),
        ..SiteProbe::default()
    };
    let connect = move |write: &mut Write<'_>| {
        write.site_set_secret(id, true, NOW)?;
        write.site_connected(id, &probe, NOW)
    };
    bench.write(connect.clone()).unwrap();
    let site = bench.read(move |read| read.site(id));
    assert_eq!((site.connection, site.tested_at, site.has_secret), (Connection::Ok, Some(NOW), true));
    assert_eq!((site.api_url.as_str(), site.probe.is_some()), ("https://tea.example/wp-json/", true));

    assert_eq!(site.url, "https://www.tea.example", "it is kept under the address it gave itself");

    bench.write(move |write| write.site_update(id, &fields("https://www.tea.example"), NOW)).unwrap();
    assert_eq!(bench.read(move |read| read.site(id)).connection, Connection::Ok, "the same address and name");
    bench.write(move |write| write.site_connection_failed(id, "auth", NOW)).unwrap();
    let site = bench.read(move |read| read.site(id));
    assert_eq!((site.connection, site.connection_code.as_str()), (Connection::Failed, "auth"));
    assert!(site.probe.is_some(), "what it said when it answered stays");

    bench.write(move |write| write.site_update(id, &fields("https://other.example"), NOW)).unwrap();
    let site = bench.read(move |read| read.site(id));
    assert_eq!((site.connection, site.probe, site.api_url.as_str()), (Connection::Untested, None, ""));
    bench.write(connect).unwrap();
    bench.write(move |write| write.site_set_secret(id, false, NOW)).unwrap();
    assert_eq!(bench.read(move |read| read.site(id)).connection, Connection::Untested, "the password is another");
}

#[test]
fn a_removed_site_is_out_of_sight_until_it_is_restored() {
    let mut bench = Bench::new();
    let id = bench.write(|write| write.site_add(&tea(true), NOW)).unwrap();
    assert_eq!(bench.read(|read| read.sample_site()), Some(id));
    bench.write(move |write| write.site_remove(id, NOW)).unwrap();
    assert_eq!(bench.try_read(move |read| read.site(id)), Err(StoreError::NotFound));
    assert_eq!(bench.read(|read| read.sample_site()), None);
    assert_eq!(bench.read(|read| read.sites()).len(), 1);
    let removed = bench.read(|read| read.removed_sites());
    assert_eq!(removed.iter().map(|site| (site.id, site.removed_at)).collect::<Vec<_>>(), [(id, NOW)]);
    assert_eq!(bench.write(move |write| write.site_remove(id, NOW)), Err(StoreError::NotFound), "once");
    assert_eq!(bench.write(move |write| write.site_update(id, &fields("x"), NOW)), Err(StoreError::NotFound));
    bench.write(move |write| write.site_restore(id)).unwrap();
    assert_eq!(bench.read(|read| read.sample_site()), Some(id));
    assert_eq!(bench.write(|write| write.site_restore(SITE)), Err(StoreError::NotFound), "never removed");
}

#[test]
fn two_sites_never_have_the_same_name() {
    let mut bench = Bench::new();
    let add = |bench: &mut Bench, name: &str| {
        let mut site = tea(false);
        site.fields.name = name.to_owned();
        bench.write(move |write| write.site_add(&site, NOW))
    };
    let taken = StoreError::Conflict("UNIQUE site.name".to_owned());
    let id = add(&mut bench, "Tea").unwrap();
    assert_eq!(add(&mut bench, "tEA"), Err(taken.clone()), "whatever the case");
    assert_eq!(bench.write(move |write| write.site_update(SITE, &fields("x"), NOW)), Err(taken.clone()));
    assert_eq!(bench.write(move |write| write.site_update(id, &fields("x"), NOW)), Ok(()), "its own");
    bench.write(move |write| write.site_remove(id, NOW)).unwrap();
    let second = add(&mut bench, "Tea").unwrap();
    assert_eq!(bench.write(move |write| write.site_restore(id)), Err(taken), "it was given away meanwhile");
    bench.write(move |write| write.site_remove(second, NOW)).unwrap();
    assert_eq!(bench.write(move |write| write.site_restore(id)), Ok(()));
}

#[test]
fn a_nameless_site_is_refused() {
    let mut bench = Bench::new();
    let refused = bench.write(|write| {
        let mut site = tea(false);
        site.fields.name.clear();
        write.site_add(&site, NOW)
    });
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}
