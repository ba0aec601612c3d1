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
