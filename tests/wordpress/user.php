<?php
/**
 * Finds or makes a user with a role and prints a new application password for it.
 *
 * Arguments: LOGIN ROLE
 */

[ $login, $role ] = $arguments;

$user = get_user_by( 'login', $login );
if ( ! $user ) {
	$made = wp_insert_user(
		array(
			'user_login' => $login,
			'user_pass'  => wp_generate_password(),
			'user_email' => "$login@example.org",
			'role'       => $role,
		)
	);
	if ( is_wp_error( $made ) ) {
		fwrite( STDERR, $made->get_error_message() );
		exit( 1 );
	}
	$user = get_user_by( 'id', $made );
}

$password = WP_Application_Passwords::create_new_application_password( $user->ID, array( 'name' => 'test ' . wp_generate_uuid4() ) );
if ( is_wp_error( $password ) ) {
	fwrite( STDERR, $password->get_error_message() );
	exit( 1 );
}
echo WP_Application_Passwords::chunk_password( $password[0] );
