<?php
/**
 * Makes PHP's own web server answer as WordPress expects: files as they are, scripts by name, everything else through
 * index.php, which is what a rewrite rule does elsewhere.
 */

$path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );

// Whoever waits for this server asks here, so that another program on the port cannot be taken for it.
if ( '/--ready' === $path ) {
	header( 'Content-Type: text/plain' );
	echo getenv( 'SITE_TOKEN' );
	return true;
}

$root = $_SERVER['DOCUMENT_ROOT'];
$file = $root . $path;

// The database lies below the document root under a name that starts with a dot.
if ( str_contains( $path, '/.' ) ) {
	http_response_code( 403 );
	return true;
}
if ( is_file( $file ) || ( is_dir( $file ) && is_file( rtrim( $file, '/' ) . '/index.php' ) && '/' !== $path ) ) {
	return false;
}

// The site may stand in a folder; what lies beside it is nothing of WordPress's.
$below = (string) getenv( 'SITE_PATH' );
if ( ! str_starts_with( "$path/", "$below/" ) ) {
	http_response_code( 404 );
	echo '<!doctype html><title>Not found</title>';
	return true;
}

$_SERVER['SCRIPT_NAME']     = "$below/index.php";
$_SERVER['SCRIPT_FILENAME'] = "$root$below/index.php";
$_SERVER['PHP_SELF']        = "$below/index.php";
chdir( "$root$below" );
require "$root$below/index.php";
