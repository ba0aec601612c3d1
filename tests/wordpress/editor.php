<?php
/**
 * Prints which scripts of a WordPress need which others, as JSON.
 *
 * Usage: php editor.php WORDPRESS_ZIP
 */

$source = file_get_contents( "phar://{$argv[1]}/wp-includes/assets/script-loader-packages.min.php" );
echo json_encode( eval( str_replace( '<?php', '', $source ) ) );
