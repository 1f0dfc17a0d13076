using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>The walk of <see cref="Int8Product"/> over blocks of rows and tiles, for one kind of vectors.</summary>
/// <typeparam name="S">The operations on a vector, which may be a part of a kernel's.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="P">How products are made.</typeparam>
internal static unsafe class Int8Walk<S, V, P>
    where S : ISimd<V>
    where V : struct
    where P : IInt8Dot<V>
{
    /// <summary>Floats of a line of memory.</summary>
    private const int Line = 16;

    /// <summary>One step of a kernel, as <see cref="Int8Product"/> says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float* Run(
        in LayerCall call, int t, in Int8Kernel kernel, Int8Operand* operands, int count, float* w, Int8Equations equations)
    {
        nint panel = kernel.Head;
        for (var o = 0; o < count; o++)
        {
            panel += Rows(in operands[o]);
        }

        panel *= kernel.TileUnits;
        var isHoisted = kernel.Hoist >= 0 && call.Hoisted != null;
        if (isHoisted && t % LayerCall.HoistSteps == 0)
        {
            Hoist(in call, t, in kernel, operands, w, panel);
        }

        var (first, last) = (call.FirstTile(kernel.Tiles), call.EndTile(kernel.Tiles) - 1);
        var width = kernel.Biases.Length * kernel.TileUnits;
        var most = LayerCall.ScratchFloats / width;

        // With what the sums of every row begin; those of a single one begin where they stay.
        var start = call.Scratch;
        if (call.RowEnd - call.RowBegin > 1)
        {
            var room = stackalloc float[width + Line];
            start = Aligned(room);
        }

        for (int begin = call.RowBegin, rows; begin < call.RowEnd; begin += rows)
        {
            rows = Math.Min(call.RowEnd - begin, Int8Layout.BlockRows);
            Round(operands + (isHoisted ? 1 : 0), count - (isHoisted ? 1 : 0), begin, rows, call.Int8Room);
            for (var i = first; i <= last; i++)
            {
                // Every second step goes the other way: what the last one read last is still near.
                var tile = call.IsOdd(t) ? first + last - i : i;
                var at = w + (tile * panel);
                Begin(in kernel, at, start, isHoisted ? Hoisted(in call, t, in kernel, operands, tile) : null,
                    isHoisted ? operands->Accumulators : 0);
                for (int row = 0, next; row < rows; row += next)
                {
                    next = Math.Min(rows - row, most);
                    Add(in call, in kernel, operands, count, isHoisted, at, begin, row, new Int8Sums(start, 0, call.Scratch, width), next);
                    equations.Run(in call, t, begin + row, next, tile * kernel.TileUnits, at);
                }
            }
        }

        return w + (kernel.Tiles * panel);
    }

    /// <summary>Rows of a tile that an operand takes.</summary>
    private static int Rows(in Int8Operand operand) =>
        Int8Layout.Rows(operand.Length, BitOperations.PopCount(operand.Accumulators), operand.Tokens != null);

    /// <summary>The sums of a tile that were made ahead, at step <paramref name="t"/>.</summary>
    private static float* Hoisted(in LayerCall call, int t, in Int8Kernel kernel, Int8Operand* operands, int tile)
    {
        var floats = BitOperations.PopCount(operands->Accumulators) * kernel.TileUnits;
        var step = t % LayerCall.HoistSteps;
        return call.Hoisted + ((nint)kernel.Hoist * LayerCall.HoistSteps) + (((step * (nint)kernel.Tiles) + tile) * floats);
    }

    /// <summary>The sums of x of the next steps of a single row: steps are rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Hoist(in LayerCall call, int t, in Int8Kernel kernel, Int8Operand* operands, float* w, nint panel)
    {
        var steps = Math.Min(call.Steps - t, LayerCall.HoistSteps);
        var block = new Int8Block(P.Form, call.Int8Room, operands->Length);
        block.Round(operands->X + (call.RowBegin * operands->Stride), call.Batch * operands->Stride, steps, operands->Length);
        var vectors = BitOperations.PopCount(operands->Accumulators);
        var (first, end) = (call.FirstTile(kernel.Tiles), call.EndTile(kernel.Tiles));
        nint stride = kernel.Tiles * vectors * kernel.TileUnits;
        for (var tile = first; tile < end; tile++)
        {
            // The steps begin with the same, which the scratch holds: it is free.
            float* at = w + (tile * panel), to = call.Scratch;
            for (var bits = operands->Accumulators; bits != 0; bits &= bits - 1, to += kernel.TileUnits)
            {
                Begin(kernel.Biases[BitOperations.TrailingZeroCount(bits)], at, kernel.TileUnits, to);
            }

            var sums = new Int8Sums(call.Scratch, 0, Hoisted(in call, t, in kernel, operands, tile), stride);
            Add(in block, at + (kernel.Head * kernel.TileUnits), vectors * kernel.TileUnits, 0, vectors * kernel.TileUnits, 0, steps,
                in sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(Int8Operand* operands, int count, int begin, int rows, byte* room)
    {
        for (var operand = operands; operand < operands + count; operand++)
        {
            if (operand->Tokens == null)
            {
                var x = operand->X + (begin * operand->Stride);
                new Int8Block(P.Form, room, operand->Length).Round(x, operand->Stride, rows, operand->Length);
                room += Int8Layout.BlockBytes(operand->Length);
            }
        }
    }

    /// <summary>With what a row's sums begin: what was made ahead, the head, or zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Begin(in Int8Kernel kernel, float* head, float* to, float* hoisted, ulong accumulators)
    {
        for (var a = 0; a < kernel.Biases.Length; a++, to += kernel.TileUnits)
        {
            if (((accumulators >> a) & 1) != 0)
            {
                Begin(0, hoisted, kernel.TileUnits, to);
                hoisted += kernel.TileUnits;
            }
            else
            {
                Begin(kernel.Biases[a], head, kernel.TileUnits, to);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin(int bias, float* head, int units, float* to)
    {
        var from = head + (Math.Max(bias, 0) * units);
        for (var u = 0; u < units; u += S.Lanes)
        {
            S.Store(bias < 0 ? S.Zero : S.Load(from + u), to + u);
        }
    }

    /// <summary>Adds the products of all operands for some rows of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        in LayerCall call, in Int8Kernel kernel, Int8Operand* operands, int count, bool isHoisted, float* at, int begin, int row,
        Int8Sums first, int rows)
    {
        var room = call.Int8Room;
        var w = at + (kernel.Head * kernel.TileUnits);
        var later = new Int8Sums(first.To, first.Stride, first.To, first.Stride);
        var begun = 0UL;
        for (var o = 0; o < count; o++)
        {
            ref var operand = ref operands[o];
            var floats = BitOperations.PopCount(operand.Accumulators) * kernel.TileUnits;
            if (operand.Tokens != null || !isHoisted || o > 0)
            {
                var block = new Int8Block(P.Form, room, operand.Length);
                room += operand.Tokens == null ? Int8Layout.BlockBytes(operand.Length) : 0;

                // Neighbouring accumulators together.
                var place = 0;
                for (var bits = operand.Accumulators; bits != 0;)
                {
                    var accumulator = BitOperations.TrailingZeroCount(bits);
                    var neighbours = BitOperations.TrailingZeroCount(~(bits >> accumulator));
                    var run = neighbours * kernel.TileUnits;
                    var own = Bits(neighbours) << accumulator;
                    var isFirst = (begun & own) == 0;
                    if (!isFirst)
                    {
                        // All of them or none: one walk over the weights.
                        Copy(in kernel, own & ~begun, in first, rows);
                    }

                    var sums = (isFirst ? first : later).Behind(accumulator * kernel.TileUnits);
                    if (operand.Tokens != null)
                    {
                        AddColumns(operand.Tokens + begin + row, w + place, floats, run, rows, in sums);
                    }
                    else
                    {
                        Add(in block, w, floats, place, place + run, row, rows, in sums);
                    }

                    place += run;
                    bits = accumulator + neighbours >= 64 ? 0 : bits >> (accumulator + neighbours) << (accumulator + neighbours);
                }

                begun |= operand.Accumulators;
            }

            w += (nint)Rows(in operand) * kernel.TileUnits;
        }

        Copy(in kernel, Bits(kernel.Biases.Length) & ~begun, in first, rows);
    }

    /// <summary>So many bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(int count) => ulong.MaxValue >> (64 - count);

    /// <summary>Sums to which nothing was added are what they begin with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(in Int8Kernel kernel, ulong accumulators, in Int8Sums sums, int rows)
    {
        if (accumulators != 0 && sums.From != sums.To)
        {
            CopyRows(in kernel, accumulators, in sums, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(in Int8Kernel kernel, ulong accumulators, in Int8Sums sums, int rows)
    {
        for (var a = 0; a < kernel.Biases.Length; a++)
        {
            var own = sums.Behind(a * kernel.TileUnits);
            for (var r = 0; r < rows && ((accumulators >> a) & 1) != 0; r++)
            {
                Begin(0, own.From, kernel.TileUnits, own.To + (r * own.Stride));
            }
        }
    }

    /// <summary>Adds the products of an operand with neighbouring accumulators, some vectors at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        in Int8Block block, float* w, int floats, int begin, int end, int row, int rows, in Int8Sums sums)
    {
        var most = rows == 1 ? 4 : P.MostVectors;
        for (int at = begin, vectors; at < end; at += vectors * S.Lanes)
        {
            // A last one alone would keep nobody busy.
            var left = (end - at) / S.Lanes;
            vectors = left == most + 1 ? (left + 1) / 2 : Math.Min(left, most);
            var panel = new Int8Panel(w + at, w + floats + at, w + (Int8Layout.Numbers * floats) + at, floats);
            var own = sums.Behind(at - begin);
            switch (vectors)
            {
                case 4:
                    Int8Tile<S, V, P, Count4>.Add(in block, in panel, row, rows, in own);
                    break;
                case 3:
                    Int8Tile<S, V, P, Count3>.Add(in block, in panel, row, rows, in own);
                    break;
                case 2:
                    Int8Tile<S, V, P, Count2>.Add(in block, in panel, row, rows, in own);
                    break;
                default:
                    Int8Tile<S, V, P, Count1>.Add(in block, in panel, row, rows, in own);
                    break;
            }
        }
    }

    /// <summary>A one-hot vector selects a column: nothing is multiplied, and nothing is rounded.</summary>
    /// <param name="tokens">The tokens of the rows.</param>
    /// <param name="w">The first column, from the first of these accumulators on.</param>
    /// <param name="floats">Floats of a column.</param>
    /// <param name="run">Floats of these accumulators.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="sums">The sums of the first one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddColumns(int* tokens, float* w, int floats, int run, int rows, in Int8Sums sums)
    {
        for (var r = 0; r < rows; r++)
        {
            var column = w + (tokens[r] * (nint)floats);
            var own = sums.Below(r);
            for (var u = 0; u < run; u += S.Lanes)
            {
                S.Store(S.Add(S.Load(column + u), S.Load(own.From + u)), own.To + u);
            }
        }
    }

    /// <summary>The first whole line of memory: <see cref="Line"/> floats more than are used.</summary>
    private static float* Aligned(float* room) => (float*)(((nint)room + (Line * sizeof(float)) - 1) & -(Line * sizeof(float)));
}
