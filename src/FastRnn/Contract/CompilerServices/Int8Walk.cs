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
        for (int begin = call.RowBegin, rows; begin < call.RowEnd; begin += rows)
        {
            rows = Math.Min(call.RowEnd - begin, Int8Layout.BlockRows);
            Round(operands + (isHoisted ? 1 : 0), count - (isHoisted ? 1 : 0), begin, rows, call.Int8Room);
            for (var i = first; i <= last; i++)
            {
                // Every second step goes the other way: what the last one read last is still near.
                var tile = call.IsOdd(t) ? first + last - i : i;
                var at = w + (tile * panel);
                for (int row = 0, next; row < rows; row += next)
                {
                    next = Math.Min(rows - row, most);
                    for (var r = 0; r < next; r++)
                    {
                        Begin(in kernel, at, call.Scratch + (r * width), isHoisted ? Hoisted(in call, t, in kernel, operands, tile) : null,
                            isHoisted ? operands->Accumulators : 0);
                    }

                    Add(in call, in kernel, operands, count, isHoisted, at, begin, row, next, width);
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
        var block = new Int8Block(call.Int8Room, operands->Length);
        block.Round(P.Form, operands->X + (call.RowBegin * operands->Stride), call.Batch * operands->Stride, steps, operands->Length);
        var vectors = BitOperations.PopCount(operands->Accumulators);
        var (first, end) = (call.FirstTile(kernel.Tiles), call.EndTile(kernel.Tiles));
        for (var tile = first; tile < end; tile++)
        {
            var at = w + (tile * panel);
            for (var step = 0; step < steps; step++)
            {
                var to = Hoisted(in call, t + step, in kernel, operands, tile);
                for (var bits = operands->Accumulators; bits != 0; bits &= bits - 1, to += kernel.TileUnits)
                {
                    Begin(kernel.Biases[BitOperations.TrailingZeroCount(bits)], at, kernel.TileUnits, to);
                }
            }

            nint stride = kernel.Tiles * vectors * kernel.TileUnits;
            Add(in block, at + (kernel.Head * kernel.TileUnits), vectors * kernel.TileUnits, 0, vectors * kernel.TileUnits, 0, steps,
                Hoisted(in call, t, in kernel, operands, tile), stride);
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
                new Int8Block(room, operand->Length).Round(P.Form, x, operand->Stride, rows, operand->Length);
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
        in LayerCall call, in Int8Kernel kernel, Int8Operand* operands, int count, bool isHoisted, float* at, int begin, int row, int rows,
        int width)
    {
        var room = call.Int8Room;
        var w = at + (kernel.Head * kernel.TileUnits);
        for (var o = 0; o < count; o++)
        {
            ref var operand = ref operands[o];
            var floats = BitOperations.PopCount(operand.Accumulators) * kernel.TileUnits;
            if (operand.Tokens != null)
            {
                AddColumns(in operand, w, floats, begin + row, rows, kernel.TileUnits, call.Scratch, width);
            }
            else if (!isHoisted || o > 0)
            {
                var block = new Int8Block(room, operand.Length);
                room += Int8Layout.BlockBytes(operand.Length);

                // Neighbouring accumulators together.
                var place = 0;
                for (var bits = operand.Accumulators; bits != 0;)
                {
                    var accumulator = BitOperations.TrailingZeroCount(bits);
                    var neighbours = BitOperations.TrailingZeroCount(~(bits >> accumulator));
                    var run = neighbours * kernel.TileUnits;
                    Add(in block, w, floats, place, place + run, row, rows, call.Scratch + (accumulator * kernel.TileUnits), width);
                    place += run;
                    bits = accumulator + neighbours >= 64 ? 0 : bits >> (accumulator + neighbours) << (accumulator + neighbours);
                }
            }

            w += (nint)Rows(in operand) * kernel.TileUnits;
        }
    }

    /// <summary>Adds the products of an operand with neighbouring accumulators, some vectors at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        in Int8Block block, float* w, int floats, int begin, int end, int row, int rows, float* sums, nint stride)
    {
        var most = rows == 1 ? 4 : P.MostVectors;
        for (int at = begin, vectors; at < end; at += vectors * S.Lanes, sums += vectors * S.Lanes)
        {
            vectors = Math.Min((end - at) / S.Lanes, most);
            var panel = new Int8Panel(w + at, w + floats + at, w + (Int8Layout.Numbers * floats) + at, floats);
            switch (vectors)
            {
                case 4:
                    Int8Tile<S, V, P, Count4>.Add(in block, in panel, row, rows, sums, stride);
                    break;
                case 3:
                    Int8Tile<S, V, P, Count3>.Add(in block, in panel, row, rows, sums, stride);
                    break;
                case 2:
                    Int8Tile<S, V, P, Count2>.Add(in block, in panel, row, rows, sums, stride);
                    break;
                default:
                    Int8Tile<S, V, P, Count1>.Add(in block, in panel, row, rows, sums, stride);
                    break;
            }
        }
    }

    /// <summary>A one-hot vector selects a column: nothing is multiplied, and nothing is rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddColumns(
        in Int8Operand operand, float* w, int floats, int row, int rows, int units, float* sums, nint stride)
    {
        for (var r = 0; r < rows; r++)
        {
            var column = w + (operand.Tokens[row + r] * (nint)floats);
            for (var bits = operand.Accumulators; bits != 0; bits &= bits - 1)
            {
                var to = sums + (r * stride) + (BitOperations.TrailingZeroCount(bits) * units);
                for (var u = 0; u < units; u += S.Lanes, column += S.Lanes)
                {
                    S.Store(S.Add(S.Load(column), S.Load(to + u)), to + u);
                }
            }
        }
    }
}
