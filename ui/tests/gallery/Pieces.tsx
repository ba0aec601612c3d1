/** The smaller parts of the kit side by side. */
import { Button, Checkbox, Group, SegmentedControl, Stack, Switch, TextInput, Title } from '@mantine/core';
import { Pause, Play, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Credits, Money } from '../../src/kit/Amounts';
import { ConfirmPopover } from '../../src/kit/ConfirmPopover';
import { EmptyState } from '../../src/kit/EmptyState';
import { ErrorState } from '../../src/kit/ErrorState';
import { FormModal } from '../../src/kit/FormModal';
import { KeyHint } from '../../src/kit/KeyHint';
import { LetterBadge } from '../../src/kit/LetterBadge';
import { Mark } from '../../src/kit/Mark';
import { MetricCard } from '../../src/kit/MetricCard';
import { PricedButton } from '../../src/kit/PricedButton';
import { PrimaryAction } from '../../src/kit/PrimaryAction';
import { ProgressLine } from '../../src/kit/ProgressLine';
import { SideDrawer } from '../../src/kit/SideDrawer';
import { CardsSkeleton, TextSkeleton } from '../../src/kit/Skeletons';
import { StatusDot } from '../../src/kit/StatusDot';
import { toast, undoToast } from '../../src/kit/toasts';
import { TONES } from '../../src/kit/tone';
import { When } from '../../src/kit/When';

export function Pieces() {
  const [form, setForm] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const [checked, setChecked] = useState(true);
  return (
    <main style={{ height: '100vh', overflow: 'auto', padding: 'var(--space-6)' }}>
      <Stack gap="xl">
        <Title order={1}>Pieces</Title>
        <Group gap="lg">
          <PrimaryAction label="Add a plant" icon={<Plus size="1rem" />} onPress={() => {}} />
          <PricedButton
            variant="filled"
            label="Write 12 drafts"
            price={{ credits: '48', cost: '0.12', balanceAfter: '816.5' }}
            onPress={() => {}}
          />
          <PricedButton
            label="Make the image again"
            icon={<Plus size="1rem" />}
            price={{ credits: '1', cost: '0', balanceAfter: '864' }}
            onPress={() => {}}
          />
          <PricedButton label="Write" price={null} blocked="Nothing is chosen." onPress={() => {}} />
          <Button variant="default">Quiet</Button>
          <Button color="warning" leftSection={<Pause size="1rem" />}>
            Pause
          </Button>
          <Button color="success" leftSection={<Play size="1rem" />}>
            Resume
          </Button>
          <ConfirmPopover
            question="The run stops now. What is written stays."
            confirmLabel="Stop the run"
            onConfirm={() => {}}
          >
            {(open) => (
              <Button color="danger" leftSection={<X size="1rem" />} onClick={open}>
                Cancel run
              </Button>
            )}
          </ConfirmPopover>
          <Button variant="light">Light</Button>
          <Button variant="subtle">Subtle</Button>
          <Button variant="outline">Outline</Button>
          <Button disabled>Disabled</Button>
        </Group>
        <Group gap="lg">
          {TONES.map((tone) => (
            <StatusDot key={tone} tone={tone} label={tone} />
          ))}
          <StatusDot tone="info" label="running" busy />
          <LetterBadge name="Field Notes" color="#2f6f4f" />
          <LetterBadge name="Mango" color="#f2c94c" />
          <Mark size="var(--size-mark-small)" title="Igny8" />
          <KeyHint keys={['mod', 'K']} />
          <Credits amount="31.123456" unit money="0.3112" estimated />
          <Money amount="0.0004" />
          <When at="2026-11-23T08:30:00Z" zone="Europe/Berlin" />
          <When at="2026-11-24T08:30:00Z" zone="Europe/Berlin" style="exact" />
        </Group>
        <Group gap="lg" align="end">
          <TextInput label="Address" placeholder="https://example.org" />
          <TextInput label="User name" error="This is missing." />
          <Checkbox label="Chosen" checked={checked} onChange={() => setChecked(!checked)} />
          <Switch label="Automatic" checked={checked} onChange={() => setChecked(!checked)} />
          <SegmentedControl aria-label="View" data={['List', 'Calendar']} />
          <Button variant="default" onClick={() => setForm(true)}>
            Form
          </Button>
          <Button variant="default" onClick={() => setDrawer(true)}>
            Drawer
          </Button>
          <Button
            variant="default"
            onClick={() => undoToast('Removed 12 plants.', () => toast('success', 'They are back.'))}
          >
            Undoable
          </Button>
          <Button variant="default" onClick={() => toast('danger', 'The gate is closed.', 'Open it and try again.')}>
            Failure
          </Button>
        </Group>
        <Group gap="lg" grow align="stretch">
          <MetricCard label="Published" value="21" note="3 this week" />
          <MetricCard label="Credits used" value={<Credits amount="123.5" money="1.23" />} hint="This month" />
          <MetricCard label="Waiting for you" value="4" />
        </Group>
        <ProgressLine
          label="Writing drafts"
          done={12}
          total={40}
          credits="31"
          leftMs={42_000}
          current="How to prune an apple tree in winter"
          onCancel={() => {}}
        />
        <Group grow align="start">
          <EmptyState
            drawing="idea"
            sentence="Ideas made from your clusters wait here to be chosen."
            action={<Button>Make ideas</Button>}
          />
          <ErrorState
            problem={{
              what: 'example.org answered with a web page instead of data.',
              advice: 'A security plugin may be blocking the REST API.',
              details: 'HTTP 403, text/html',
            }}
            onRetry={() => {}}
          />
        </Group>
        <CardsSkeleton />
        <TextSkeleton />
        <FormModal
          opened={form}
          title="Add a plant"
          submitLabel="Add"
          onSubmit={() => setForm(false)}
          onClose={() => setForm(false)}
        >
          <TextInput label="Name" data-autofocus />
        </FormModal>
        <SideDrawer opened={drawer} title="Alder" onClose={() => setDrawer(false)} footer={<Button>Save</Button>}>
          <TextSkeleton />
        </SideDrawer>
      </Stack>
    </main>
  );
}
