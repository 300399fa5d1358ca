import type { Matrix4x4 } from './nifti-types.js';

/** Rotation and offset as NIfTI's qform stores them; the scalar part of the unit quaternion is implied. */
export interface Quaternion {
  b: number;
  c: number;
  d: number;
  /** Offset of voxel (0, 0, 0) in mm. */
  offset: [number, number, number];
  /** -1 where the voxel axes are left-handed. */
  qfac: 1 | -1;
}

/** The diagonal matrix of spacings, origin at voxel 0: what a volume without any orientation gets. */
export const diagonalAffine = (spacing: readonly number[]): Matrix4x4 => [
  [spacing[0] ?? 1, 0, 0, 0],
  [0, spacing[1] ?? 1, 0, 0],
  [0, 0, spacing[2] ?? 1, 0],
  [0, 0, 0, 1],
];

/** Distance in mm between neighbouring voxels along x, y, z: the norms of the first three columns. */
export const spacingOfAffine = (affine: Matrix4x4): [number, number, number] => {
  const norm = (column: number) => Math.hypot(affine[0][column], affine[1][column], affine[2][column]);
  return [norm(0), norm(1), norm(2)];
};

/** Matrix of a qform (nifti1.h, "method 2"). */
export function affineOfQuaternion({ b, c, d, offset, qfac }: Quaternion, spacing: readonly number[]): Matrix4x4 {
  const norm2 = b * b + c * c + d * d;
  const a = Math.sqrt(Math.max(0, 1 - norm2));
  const scale = norm2 > 1 ? 1 / Math.sqrt(norm2) : 1;
  const [x, y, z] = [b * scale, c * scale, d * scale];
  const [dx, dy, dz] = [spacing[0], spacing[1], spacing[2] * qfac];
  return [
    [(a * a + x * x - y * y - z * z) * dx, (2 * x * y - 2 * a * z) * dy, (2 * x * z + 2 * a * y) * dz, offset[0]],
    [(2 * x * y + 2 * a * z) * dx, (a * a + y * y - x * x - z * z) * dy, (2 * y * z - 2 * a * x) * dz, offset[1]],
    [(2 * x * z - 2 * a * y) * dx, (2 * y * z + 2 * a * x) * dy, (a * a + z * z - x * x - y * y) * dz, offset[2]],
    [0, 0, 0, 1],
  ];
}

type Matrix3x3 = [number[], number[], number[]];

const determinant = ([p, q, r]: Matrix3x3) =>
  p[0] * (q[1] * r[2] - q[2] * r[1]) - p[1] * (q[0] * r[2] - q[2] * r[0]) + p[2] * (q[0] * r[1] - q[1] * r[0]);

const cross = (u: number[], v: number[]) => [
  u[1] * v[2] - u[2] * v[1],
  u[2] * v[0] - u[0] * v[2],
  u[0] * v[1] - u[1] * v[0],
];

/** Nearest orthogonal matrix by Newton's iteration for the polar decomposition (Higham 1986). */
function nearestRotation(matrix: Matrix3x3): Matrix3x3 {
  let current = matrix;
  for (let step = 0; step < 100; step += 1) {
    const det = determinant(current);
    const cofactors = [
      cross(current[1], current[2]),
      cross(current[2], current[0]),
      cross(current[0], current[1]),
    ] as Matrix3x3;
    const next = current.map((row, i) => row.map((value, j) => (value + cofactors[i as 0][j] / det) / 2)) as Matrix3x3;
    const change = Math.max(...next.flatMap((row, i) => row.map((value, j) => Math.abs(value - current[i as 0][j]))));
    current = next;
    if (change < 1e-15) {
      break;
    }
  }
  return current;
}

/** The quaternion nearest to an affine, shears dropped, as nifti_mat44_to_quatern does; identity where it is singular. */
export function quaternionOfAffine(affine: Matrix4x4): Quaternion {
  const spacing = spacingOfAffine(affine);
  const offset: [number, number, number] = [affine[0][3], affine[1][3], affine[2][3]];
  const scaled = [0, 1, 2].map((i) => [0, 1, 2].map((j) => affine[i][j] / (spacing[j] === 0 ? 1 : spacing[j])));
  const det = determinant(scaled as Matrix3x3);
  if (!Number.isFinite(det) || Math.abs(det) < 1e-12) {
    return { b: 0, c: 0, d: 0, offset, qfac: 1 };
  }
  const qfac = det < 0 ? -1 : 1;
  const [p, q, r] = nearestRotation(scaled as Matrix3x3).map((row) => [row[0], row[1], row[2] * qfac]) as Matrix3x3;
  const [xx, yy, zz] = [p[0], q[1], r[2]];
  const trace = xx + yy + zz;
  if (trace > -0.5) {
    const a = Math.sqrt(1 + trace) / 2;
    return {
      b: (r[1] - q[2]) / (4 * a),
      c: (p[2] - r[0]) / (4 * a),
      d: (q[0] - p[1]) / (4 * a),
      offset,
      qfac,
    };
  }
  const squares = [1 + xx - yy - zz, 1 + yy - xx - zz, 1 + zz - xx - yy].map((value) => Math.max(0, value));
  const largest = squares.indexOf(Math.max(...squares));
  const half = Math.sqrt(squares[largest]) / 2;
  const products = [p[1] + q[0], p[2] + r[0], q[2] + r[1]].map((value) => value / (4 * half));
  const [xy, xz, yz] = products as [number, number, number];
  const [a, b, c, d] =
    largest === 0
      ? [(r[1] - q[2]) / (4 * half), half, xy, xz]
      : largest === 1
        ? [(p[2] - r[0]) / (4 * half), xy, half, yz]
        : [(q[0] - p[1]) / (4 * half), xz, yz, half];
  const sign = a < 0 ? -1 : 1;
  return { b: b * sign, c: c * sign, d: d * sign, offset, qfac };
}
