<?php
/**
 * Configuration of a site under test; {URL} and {SALT} are filled in when the site is made.
 */

define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', '' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );

foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $purpose ) {
	define( "{$purpose}_KEY", "{SALT}-$purpose-key" );
	define( "{$purpose}_SALT", "{SALT}-$purpose-salt" );
}

$table_prefix = 'wp_';

// The driver uses a connection it finds here. This one waits for the other workers as long as a busy machine needs, and
// never for the disk: a site that a test made need not outlive a power cut.
$GLOBALS['@pdo'] = new PDO(
	'sqlite:' . __DIR__ . '/wp-content/database/.ht.sqlite',
	null,
	null,
	array(
		PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
		PDO::ATTR_TIMEOUT => 60,
	)
);
$GLOBALS['@pdo']->exec( 'PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY' );

define( 'WP_HOME', '{URL}' );
define( 'WP_SITEURL', '{URL}' );

// Application passwords work over plain http only here.
define( 'WP_ENVIRONMENT_TYPE', 'local' );

// Nothing leaves the machine, and nothing happens that the test did not ask for: wp-cron.php is requested by name.
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'DISABLE_WP_CRON', true );

define( 'WP_DEBUG', false );

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}

require_once ABSPATH . 'wp-settings.php';
