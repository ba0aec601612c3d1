<?php
/**
 * Runs PHP inside a site.
 *
 * Usage: php run.php SITE_FOLDER SCRIPT [ARGUMENT…]; SCRIPT is a file beside this one, or - for code on standard input.
 * The script finds its arguments in $arguments.
 */

$site      = $argv[1];
$script    = $argv[2];
$arguments = array_slice( $argv, 3 );

ini_set( 'display_errors', 'stderr' );
$_SERVER['HTTP_HOST']       = 'localhost';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require "$site/wp-load.php";

if ( '-' === $script ) {
	eval( stream_get_contents( STDIN ) );
} else {
	require __DIR__ . "/$script";
}
