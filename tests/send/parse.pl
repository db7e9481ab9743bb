#!/usr/bin/perl
# A message as MIME::Tools reads it, as JSON.  usage: parse.pl FILE…
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Encode qw(decode);
use JSON::PP;
use MIME::Parser;

sub words { my $value = shift // ''; chomp $value; $value =~ s/\r?\n(?=[ \t])//g; return decode('MIME-Header', $value) }
my @messages;
for my $file (@ARGV) {
	my $parser = MIME::Parser->new;
	$parser->output_to_core(1);
	my $entity = $parser->parse_open($file);
	my $head = $entity->head;
	my %message = map { $_ => words($head->get($_)) } qw(From To Subject Message-ID Date X-Xingji-Copy);
	for my $part ($entity->parts ? $entity->parts : $entity) {
		my $name = $part->head->mime_attr('content-disposition.filename');
		push @{$message{parts}}, {
			type => $part->effective_type,
			filename => words($name), # MIME::Tools tells RFC 2231 as an encoded-word
			name => words($part->head->mime_attr('content-type.name')),
			sha256 => sha256_hex($part->bodyhandle->as_string),
		};
	}
	$message{complaints} = [ map { "$_" } $parser->results->msgs ];
	push @messages, \%message;
}
print JSON::PP->new->canonical->ascii->encode(\@messages);
