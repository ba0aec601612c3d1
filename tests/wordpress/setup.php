<?php
/**
 * Makes an unpacked site ready: pretty permalinks, as nearly every site has them, then the user it is signed in with.
 *
 * Arguments: LOGIN ROLE
 */

global $wp_rewrite;
$wp_rewrite->set_permalink_structure( '/%postname%/' );
flush_rewrite_rules( false );

require __DIR__ . '/user.php';
