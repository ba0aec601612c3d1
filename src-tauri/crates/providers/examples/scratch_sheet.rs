//! scratch
#![allow(clippy::all, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use igny8_core::function::input::SiteContext;
use igny8_core::id::CallId;
use igny8_core::port::models::*;
use igny8_core::status::ImageType;
use igny8_providers::builtin::*;
fn main() {
    let rt = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let titles = [
        "How to Clean White Sneakers: A Step-by-Step Guide",
        "Mailchimp vs. ConvertKit: Which One Fits You?",
        "7 Mistakes People Make with a Standing Desk",
        "Cold Brew Coffee: A Practical Guide",
        "What Is Keyword Clustering? A Plain-English Explanation",
        "Best Running Shoes for Flat Feet: What to Look For and How to Choose",
        "Can Dogs Eat Grapes? The Short Answer and the Details",
        "Email Marketing Software for Small Businesses That Hate Email",
        "Raised Garden Bed Soil",
        "How Much Does a New Roof Cost? What Drives the Price",
    ];
    let labels = [
        "White sneakers",
        "Email marketing",
        "Standing desk",
        "Cold brew",
        "SEO",
        "Running",
        "Dogs",
        "Email",
        "Garden",
        "Roofing",
    ];
    let brands =
        ["#4453C7", "#C4302B", "#1E7F4B", "#F2B705", "#111111", "#0EA5A4", "#7A3E9D", "#FF6A3D", "#8B5E34", "#2563A8"];
    let heads = [
        "What You Need Before You Start",
        "The Steps in Order",
        "What to Look For in a Standing Desk",
        "Mistakes That Cost the Most",
        "Who Will Be Happy with It, and Who Should Pass",
        "Points to Watch",
        "When ConvertKit Is the Better Choice",
        "The Rule of Thumb",
        "How to Judge a Coffee Grinder",
    ];
    let mode = std::env::args().nth(1).unwrap_or_default();
    let (w, h, n) = match mode.as_str() {
        "inset" => (1024u32, 768u32, 27u64),
        "portrait" => (800, 1200, 10),
        "square" => (1000, 1000, 10),
        "brand" => (1200, 675, 40),
        _ => (1200, 675, 20),
    };
    let out = format!("/tmp/builtin/{}.png", if mode.is_empty() { "featured" } else { &mode });
    let cols = if w > h { 3u32 } else { 5 };
    let scale = if mode == "brand" { 0.42 } else { 0.52 };
    let (tw, th) = ((w as f64 * scale) as u32, (h as f64 * scale) as u32);
    let rows = (n as u32).div_ceil(cols);
    let mut sheet = image::RgbImage::from_pixel(cols * (tw + 10), rows * (th + 10), image::Rgb([255, 255, 255]));
    let mut sizes = vec![];
    for i in 0..n {
        let k = i as usize;
        let inset = mode == "inset";
        let req = ImageRequest {
            call: CallId::from_slice(&[1; 16]).unwrap(),
            model_name: IMAGE_MODEL.into(),
            prompt: String::new(),
            brief: ImageBrief {
                site: SiteContext {
                    name: "Daily Grind".into(),
                    brand_color: brands[(k * 3 + k / 10) % 10].into(),
                    ..Default::default()
                },
                title: titles[(k + k / 10 * 3) % 10].into(),
                heading: if inset { heads[k % 9].into() } else { String::new() },
                label: labels[(k + k / 10 * 3) % 10].into(),
                image_type: Some(if inset { ImageType::InArticle } else { ImageType::Featured }),
            },
            width: w,
            height: h,
            format: ImageFormat::Png,
            seed: i + if inset { i / 9 * 100 } else { 0 },
        };
        let a = rt.block_on(BuiltinImage.render(&req)).unwrap();
        let web = rt.block_on(BuiltinImage.render(&ImageRequest { format: ImageFormat::WebP, ..req.clone() })).unwrap();
        sizes.push((a.bytes.len() / 1000, web.bytes.len() / 1000));
        let img = image::load_from_memory(&a.bytes)
            .unwrap()
            .resize_exact(tw, th, image::imageops::FilterType::Lanczos3)
            .to_rgb8();
        image::imageops::overlay(
            &mut sheet,
            &img,
            ((i as u32 % cols) * (tw + 10)) as i64,
            ((i as u32 / cols) * (th + 10)) as i64,
        );
        if mode == "thumbs" || mode.is_empty() {
            image::load_from_memory(&a.bytes)
                .unwrap()
                .resize_exact(200, 200 * h / w, image::imageops::FilterType::Lanczos3)
                .to_rgb8()
                .save(format!("/tmp/builtin/t{i}.png"))
                .unwrap();
        }
    }
    sheet.save(&out).unwrap();
    println!("{out} png/webp kB {sizes:?}");
}
