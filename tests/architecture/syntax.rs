//! Reads Rust as Rust: functions with their lengths, string literals outside documentation, macro calls.
//!
//! A real lexer, because a search through the text would take braces in strings and SQL in comments at face value.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::tree::SourceFile;

/// A function with a body, from its `fn` line to its closing brace; attributes and documentation do not count.
pub struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

/// A string literal with the line it starts on.
pub struct Text {
    pub line: usize,
    pub value: String,
}

/// Every function of a file, also those inside `impl`, `trait`, modules and other functions. What stands inside a
/// macro call is not parsed and so not measured.
///
/// # Panics
/// When the file is not Rust: the build would have failed too.
pub fn functions(file: &SourceFile) -> Vec<Function> {
    let parsed = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    let mut found = Functions(Vec::new());
    found.visit_file(&parsed);
    found.0
}

struct Functions(Vec<Function>);

impl Functions {
    fn add(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let first = signature.span().start().line;
        let last = body.brace_token.span.close().end().line;
        self.0.push(Function { name: signature.ident.to_string(), line: first, lines: last - first + 1 });
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.add(&item.sig, body);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

/// Every string literal of a file, also inside macro calls, except documentation.
pub fn texts(file: &SourceFile) -> Vec<Text> {
    let mut found = Vec::new();
    collect_texts(tokens(file), &mut found);
    found
}

fn collect_texts(stream: TokenStream, found: &mut Vec<Text>) {
    for token in stream {
        match token {
            TokenTree::Group(group) if is_documentation(&group) => {}
            TokenTree::Group(group) => collect_texts(group.stream(), found),
            TokenTree::Literal(literal) => found.extend(text_of(&literal)),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// The lexer turns `/// words` into `#[doc = "words"]`.
fn is_documentation(group: &proc_macro2::Group) -> bool {
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket && matches!(first, Some(TokenTree::Ident(name)) if name == "doc")
}

fn text_of(literal: &proc_macro2::Literal) -> Option<Text> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(Text { line: line_of(literal.span()), value: text.value() }),
        _ => None,
    }
}

/// The string literals directly inside calls of the named macros.
pub fn texts_in_macros(file: &SourceFile, names: &[&str]) -> Vec<Text> {
    let mut found = Vec::new();
    collect_macro_texts(tokens(file), names, &mut found);
    found
}

fn collect_macro_texts(stream: TokenStream, names: &[&str], found: &mut Vec<Text>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    for window in trees.windows(3) {
        if let [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(group)] = window
            && bang.as_char() == '!'
            && names.iter().any(|wanted| name == wanted)
        {
            let literals = group.stream().into_iter().filter_map(|token| match token {
                TokenTree::Literal(literal) => text_of(&literal),
                TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) => None,
            });
            found.extend(literals);
        }
    }
    for tree in trees {
        if let TokenTree::Group(group) = tree {
            collect_macro_texts(group.stream(), names, found);
        }
    }
}

fn tokens(file: &SourceFile) -> TokenStream {
    file.text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.path))
}

fn line_of(span: Span) -> usize {
    span.start().line
}

#[test]
fn functions_are_found_wherever_they_stand_and_braces_in_text_do_not_count() {
    let file = SourceFile::planted(
        "a.rs",
        "fn outer() {\n  let brace = \"}\"; // }\n  fn inner() {}\n}\nimpl A {\n  /// words\n  fn method(&self) {\n  }\n}\ntrait T { fn by_default() {\n\n} }\n",
    );
    let found: Vec<_> = functions(&file).into_iter().map(|f| (f.name, f.line, f.lines)).collect();
    let expected = [("outer", 1, 4), ("inner", 3, 1), ("method", 7, 2), ("by_default", 10, 3)];
    assert_eq!(found, expected.map(|(name, line, lines)| (name.to_owned(), line, lines)), "name, first line, length");
}

#[test]
fn texts_are_found_in_macros_and_attributes_but_not_in_documentation_or_comments() {
    let file = SourceFile::planted(
        "a.rs",
        "//! module words\n/// \"item words\"\nconst A: &str = \"plain\";\n// \"comment\"\nfn f() { run!(x, \"in a macro\"); g(r#\"raw\"#) }\n",
    );
    let found: Vec<_> = texts(&file).into_iter().map(|text| (text.line, text.value)).collect();
    let expected = [(3, "plain"), (5, "in a macro"), (5, "raw")];
    assert_eq!(found, expected.map(|(line, value)| (line, value.to_owned())), "line and value");
}

#[test]
fn macro_texts_are_found_only_in_the_named_macros() {
    let file = SourceFile::planted(
        "a.rs",
        "fn f() { let a = format!(\"one {}\", 1); print!(\"two\"); g(format!(\"three\")); }",
    );
    let found: Vec<_> = texts_in_macros(&file, &["format"]).into_iter().map(|text| text.value).collect();
    assert_eq!(found, ["one {}", "three"], "print is not named");
}
