<?php
/**
 * Unpacks a WordPress with its SQLite driver into one folder that can be copied per test.
 *
 * Usage: php prepare.php WORDPRESS_ZIP SQLITE_ZIP NEW_FOLDER
 *
 * PharData reads zip files with nothing but PHP's own core extensions, so no unzip program is needed.
 */

[, $wordpress_zip, $sqlite_zip, $root] = $argv;

( new PharData( $wordpress_zip ) )->extractTo( $root );

// A must-use plugin needs no activation, and the driver's own loader stands one folder down, where none is looked for.
$plugins = "$root/wp-content/mu-plugins";
mkdir( $plugins, 0755, true );
( new PharData( $sqlite_zip ) )->extractTo( $plugins );
rename( "$plugins/sqlite-database-integration-main", "$plugins/sqlite-database-integration" );

$drop_in = file_get_contents( "$plugins/sqlite-database-integration/db.copy" );
$drop_in = str_replace(
	array( "'{SQLITE_IMPLEMENTATION_FOLDER_PATH}'", '{SQLITE_PLUGIN}' ),
	array( "__DIR__ . '/mu-plugins/sqlite-database-integration'", 'sqlite-database-integration/load.php' ),
	$drop_in
);
file_put_contents( "$root/wp-content/db.php", $drop_in );
copy( __DIR__ . '/test-site.php', "$plugins/test-site.php" );
