//! Authors come, go and come back, and a site speaks as it is set.

use super::*;
use crate::fixture::{Bench, NOW, SITE};

fn author(name: &str) -> Author {
    Author { name: name.to_owned(), bio: "Mends boots.".to_owned(), voice: String::new() }
}

#[test]
fn an_author_signs_for_a_site_until_removed_and_again_when_brought_back() {
    let mut bench = Bench::new();
    let ada = bench.write(|w| w.author_save(None, &author("Ada"), NOW)).unwrap();
    let twice = bench.write(|w| w.author_save(None, &author("ADA"), NOW));
    assert!(matches!(twice, Err(StoreError::Conflict(_))), "two of one name could not be told apart: {twice:?}");
    let fields = VoiceFields { tone: Some(Tone::Friendly), length: Some(ArticleLength::Long), author: Some(ada) };
    bench.write(move |w| w.voice_save(SITE, fields, NOW)).unwrap();
    assert_eq!(bench.read(|r| r.voice(SITE)), fields);
    let voice = bench.read(|r| r.site_voice(SITE));
    assert_eq!((voice.site_name.as_str(), voice.author.map(|a| a.name).as_deref()), ("Garden", Some("Ada")));
    assert_eq!(bench.read(|r| r.authors()).first().map(|row| row.sites), Some(1));

    bench.write(move |w| w.author_save(Some(ada), &author("Ada Moor"), NOW)).unwrap();
    bench.write(move |w| w.author_remove(ada, NOW)).unwrap();
    assert_eq!(bench.read(|r| r.site_voice(SITE)).author, None, "a removed author signs nothing");
    assert_eq!(bench.write(move |w| w.author_remove(ada, NOW)), Err(StoreError::NotFound));
    bench.write(move |w| w.author_restore(ada)).unwrap();
    assert_eq!(bench.read(|r| r.site_voice(SITE)).author.map(|a| a.name).as_deref(), Some("Ada Moor"));
    let nobody = VoiceFields { author: Some(AuthorId(9)), ..fields };
    assert_eq!(bench.write(move |w| w.voice_save(SITE, nobody, NOW)), Err(StoreError::NotFound));
    assert_eq!(bench.write(move |w| w.voice_save(SiteId(9), VoiceFields::default(), NOW)), Err(StoreError::NotFound));
}
