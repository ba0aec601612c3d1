<?php
/**
 * Plugin Name:       Igny8 Companion
 * Description:       Lets titles and descriptions for search results be written and read over the REST interface, by whoever may edit the post. It does nothing else.
 * Version:           1.0.0
 * Requires at least: 5.6
 * Requires PHP:      7.0
 * License:           MIT
 */

defined( 'ABSPATH' ) || exit;

// After the SEO plugins, so that what they register themselves stays theirs.
add_action( 'init', 'igny8_companion_register', 99 );

/**
 * Registers the fields in which SEO plugins keep title and description, for every public kind of post.
 */
function igny8_companion_register() {
	$keys = array(
		'_yoast_wpseo_title',
		'_yoast_wpseo_metadesc',
		'rank_math_title',
		'rank_math_description',
		'_seopress_titles_title',
		'_seopress_titles_desc',
		'_genesis_title',
		'_genesis_description',
	);
	foreach ( get_post_types( array( 'public' => true, 'show_in_rest' => true ) ) as $type ) {
		$known = get_registered_meta_keys( 'post', $type );
		foreach ( $keys as $key ) {
			if ( ! empty( $known[ $key ]['show_in_rest'] ) ) {
				continue;
			}
			register_post_meta(
				$type,
				$key,
				array(
					'type'              => 'string',
					'single'            => true,
					'show_in_rest'      => true,
					'sanitize_callback' => 'igny8_companion_plain',
					'auth_callback'     => 'igny8_companion_may_edit',
				)
			);
		}
	}
}

/**
 * One line of plain text.
 *
 * @param mixed $value What was sent.
 * @return string
 */
function igny8_companion_plain( $value ) {
	return is_string( $value ) ? wp_strip_all_tags( $value, true ) : '';
}

/**
 * Whoever may edit a post may write its fields.
 *
 * @param bool   $allowed What WordPress would say.
 * @param string $key     The field.
 * @param int    $post_id The post.
 * @return bool
 */
function igny8_companion_may_edit( $allowed, $key, $post_id ) {
	return current_user_can( 'edit_post', $post_id );
}
