;; Convolves lines of 8-bit pixels with fixed-point weights of 22 fraction bits, eight products at a time.
;;
;; A weight is hi * 2048 + lo with 0 <= lo < 2048, so that both halves fit the 16-bit lanes of the dot product; the sum is
;; exact, as it fits 32 bits like Pillow's. Weights come in blocks of eight, padded with zeros: 16 bytes of hi, 16 of lo.
(module
  (memory (export "memory") 1)
  (func (export "convolve")
    (param $source i32)      ;; address of the first line
    (param $target i32)      ;; address of the results, transposed: output by output, each with all lines
    (param $lines i32)
    (param $lineStep i32)    ;; bytes from one line to the next
    (param $outputs i32)     ;; pixels that each line becomes
    (param $firsts i32)      ;; address of i32[outputs]: the first pixel with a weight
    (param $weights i32)     ;; address of the blocks
    (param $blocks i32)      ;; blocks of each output
    (local $output i32) (local $line i32) (local $block i32)
    (local $pixel i32) (local $row i32) (local $weight i32) (local $sum i32)
    (local $hi v128) (local $lo v128) (local $pixels v128)
    (loop $eachOutput
      (local.set $row (i32.add (local.get $source) (i32.load (local.get $firsts))))
      (local.set $line (i32.const 0))
      (loop $eachLine
        (local.set $hi (v128.const i32x4 0 0 0 0))
        (local.set $lo (v128.const i32x4 0 0 0 0))
        (local.set $pixel (local.get $row))
        (local.set $weight (local.get $weights))
        (local.set $block (local.get $blocks))
        (loop $eachBlock
          (local.set $pixels (v128.load8x8_u (local.get $pixel)))
          (local.set $hi (i32x4.add (local.get $hi) (i32x4.dot_i16x8_s (local.get $pixels) (v128.load (local.get $weight)))))
          (local.set $lo (i32x4.add (local.get $lo) (i32x4.dot_i16x8_s (local.get $pixels) (v128.load offset=16 (local.get $weight)))))
          (local.set $pixel (i32.add (local.get $pixel) (i32.const 8)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 32)))
          (br_if $eachBlock (local.tee $block (i32.sub (local.get $block) (i32.const 1)))))
        ;; The four lanes together, then two lanes, then one half added to round.
        (local.set $hi (i32x4.add (i32x4.shl (local.get $hi) (i32.const 11)) (local.get $lo)))
        (local.set $hi (i32x4.add (local.get $hi) (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $hi) (local.get $hi))))
        (local.set $sum
          (i32.shr_s
            (i32.add
              (i32.add (i32x4.extract_lane 0 (local.get $hi)) (i32x4.extract_lane 1 (local.get $hi)))
              (i32.const 0x200000))
            (i32.const 22)))
        (local.set $sum (select (i32.const 0) (local.get $sum) (i32.lt_s (local.get $sum) (i32.const 0))))
        (i32.store8 (local.get $target) (select (i32.const 255) (local.get $sum) (i32.gt_s (local.get $sum) (i32.const 255))))
        (local.set $target (i32.add (local.get $target) (i32.const 1)))
        (local.set $row (i32.add (local.get $row) (local.get $lineStep)))
        (br_if $eachLine (i32.lt_s (local.tee $line (i32.add (local.get $line) (i32.const 1))) (local.get $lines))))
      (local.set $firsts (i32.add (local.get $firsts) (i32.const 4)))
      (local.set $weights (i32.add (local.get $weights) (i32.shl (local.get $blocks) (i32.const 5))))
      (br_if $eachOutput (i32.lt_s (local.tee $output (i32.add (local.get $output) (i32.const 1))) (local.get $outputs)))))
)
