<?php
/**
 * What a site under test does differently: no image of it ever leaves the machine, and mail is swallowed.
 */

add_filter( 'pre_wp_mail', '__return_true' );
