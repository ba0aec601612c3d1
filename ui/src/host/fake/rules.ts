/** What each list of the host can be searched, filtered and ordered by. */
import type { ClusterRow, IdeaRow, ImageSetRow, KeywordRow, OperationRow, TaskRow } from '../contract';
import type { ListRules } from './list';
import type { Placed, PlacedContent } from './rows';

type InCluster = { clusterId: string | null; cluster?: string | null };

/** Site, sector and cluster: what all rows of the plan belong to. */
function place<Row extends Placed & { sector?: string }>() {
  return {
    siteId: { of: (row: Row) => row.siteId },
    sectorId: { of: (row: Row) => row.sectorId, label: (row: Row) => row.sector ?? '' },
  };
}

const DISABLED = { isDisabled: { of: (row: { isDisabled: boolean }) => String(row.isDisabled) } };

function shape<Row extends { contentType?: string; contentStructure: string }>() {
  return {
    contentType: { of: (row: Row) => row.contentType ?? 'post' },
    contentStructure: { of: (row: Row) => row.contentStructure },
  };
}

function cluster<Row extends InCluster>() {
  return { clusterId: { of: (row: Row) => row.clusterId, label: (row: Row) => row.cluster ?? '' } };
}

export const KEYWORDS: ListRules<KeywordRow & Placed> = {
  text: (row) => row.text,
  fields: {
    ...place(),
    ...cluster(),
    status: { of: (row) => row.status },
    intent: { of: (row) => row.intent },
    country: { of: (row) => row.country },
    ...DISABLED,
  },
  sort: { column: 'volume', descending: true },
};

export const CLUSTERS: ListRules<ClusterRow & Placed> = {
  text: (row) => row.name,
  fields: { ...place(), ...DISABLED, status: { of: (row) => row.status } },
  sort: { column: 'volume', descending: true },
};

export const IDEAS: ListRules<IdeaRow & Placed> = {
  text: (row) => row.title,
  fields: { ...place(), ...cluster(), ...shape(), ...DISABLED, status: { of: (row) => row.status } },
  sort: { column: 'createdAt', descending: true },
};

export const TASKS: ListRules<TaskRow & Placed & InCluster> = {
  text: (row) => row.title,
  fields: { ...place(), ...cluster(), ...shape(), status: { of: (row) => row.status } },
  sort: { column: 'createdAt', descending: true },
};

export const CONTENTS: ListRules<PlacedContent> = {
  text: (row) => row.title,
  fields: {
    ...place(),
    ...cluster(),
    ...shape(),
    status: { of: (row) => row.status },
    delivery: { of: (row) => row.delivery },
  },
  sort: { column: 'updatedAt', descending: true },
};

export const IMAGE_SETS: ListRules<ImageSetRow & Placed & InCluster> = {
  text: (row) => row.title,
  // An article is shown when one of its images is in the state.
  fields: { ...place(), ...cluster(), status: { of: (row) => row.images.map(({ status }) => status) } },
  sort: { column: 'updatedAt', descending: true },
};

export const OPERATIONS: ListRules<OperationRow> = {
  text: (row) => `${row.function} ${row.site}`,
  fields: {
    siteId: { of: (row) => row.siteId },
    status: { of: (row) => row.status },
    kind: { of: (row) => row.function },
  },
  sort: { column: 'createdAt', descending: true },
};
