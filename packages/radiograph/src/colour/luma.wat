;; ITU-R BT.601 luma of 8-bit RGB, sixteen pixels at a time, rounded as Pillow rounds it:
;; (19595 R + 38470 G + 7471 B + 0x8000) >> 16. The weight of green does not fit 16 bits, so it is added in two halves.
(module
  (memory (export "memory") 1)

  ;; Luma of the four pixels in the first twelve bytes, as 32-bit lanes.
  (func $four (param $rgb v128) (result v128)
    (i32x4.shr_u
      (i32x4.add
        (i32x4.add
          (i32x4.dot_i16x8_s
            (i8x16.shuffle 0 16 1 16 3 16 4 16 6 16 7 16 9 16 10 16 (local.get $rgb) (v128.const i32x4 0 0 0 0))
            (v128.const i16x8 19595 19235 19595 19235 19595 19235 19595 19235))
          (i32x4.dot_i16x8_s
            (i8x16.shuffle 1 16 2 16 4 16 5 16 7 16 8 16 10 16 11 16 (local.get $rgb) (v128.const i32x4 0 0 0 0))
            (v128.const i16x8 19235 7471 19235 7471 19235 7471 19235 7471)))
        (v128.const i32x4 0x8000 0x8000 0x8000 0x8000))
      (i32.const 16)))

  (func (export "luma")
    (param $source i32)  ;; address of the pixels; four bytes after the last are read and not used
    (param $target i32)  ;; address of the grey levels
    (param $end i32)     ;; address where the grey levels end, a multiple of sixteen from $target
    (loop $eachSixteen
      (v128.store (local.get $target)
        (i8x16.narrow_i16x8_u
          (i16x8.narrow_i32x4_s
            (call $four (v128.load (local.get $source)))
            (call $four (v128.load offset=12 (local.get $source))))
          (i16x8.narrow_i32x4_s
            (call $four (v128.load offset=24 (local.get $source)))
            (call $four (v128.load offset=36 (local.get $source))))))
      (local.set $source (i32.add (local.get $source) (i32.const 48)))
      (br_if $eachSixteen (i32.lt_u (local.tee $target (i32.add (local.get $target) (i32.const 16))) (local.get $end)))))
)
