using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>The arguments of a generated kernel: one layer, <see cref="Steps"/> steps, the rows
/// <see cref="RowBegin"/> to <see cref="RowEnd"/> of a batch. Buffers hold all rows of the batch, one step after the other; a row is
/// padded to whole 64 bytes, but for <see cref="Input"/>, which may be the user's own. Everything was checked at the public door.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public unsafe struct LayerCall
{
    /// <summary>T: the number of steps.</summary>
    public int Steps;

    /// <summary>B: the rows that one step of every buffer holds.</summary>
    public int Batch;

    /// <summary>The first row to compute.</summary>
    public int RowBegin;

    /// <summary>One past the last row to compute.</summary>
    public int RowEnd;

    /// <summary>Whether the forward pass leaves on the tape what the backward pass needs.</summary>
    public bool Record;

    /// <summary>The layer's packed weights, forward or backward.</summary>
    public float* Weights;

    /// <summary><c>[T, B, I]</c>. Not read by a one-hot layer.</summary>
    public float* Input;

    /// <summary>Floats from one row of <see cref="Input"/> to the next.</summary>
    public nint InputStride;

    /// <summary><c>[T, B]</c>: the tokens of a one-hot layer.</summary>
    public int* Tokens;

    /// <summary>One for each state, in the order of the states that the layer declares.</summary>
    public StateBuffer* States;

    /// <summary><c>[T, B, TapeStride]</c>.</summary>
    public float* Tape;

    /// <summary>Floats from one step of the tape to the next; 0 if every step may overwrite the one before.</summary>
    public nint TapeStep;

    /// <summary><c>[T, B, DPreStride]</c>: written by the backward pass for the deferred products.</summary>
    public float* DPre;

    /// <summary><c>[T, B, O]</c>, padded rows: the gradient of the layer's outputs.</summary>
    public float* DOutput;

    /// <summary><c>[T, B, I]</c>, padded rows: receives the gradient of the input; null if it is not asked for.</summary>
    public float* DInput;

    /// <summary>Room of one worker for the accumulators of a tile: <see cref="ScratchFloats"/>, 64-byte aligned.</summary>
    public float* Scratch;

    /// <summary>Whether <see cref="Weights"/> are bfloat16 panels: only for a single row.</summary>
    public bool BFloat16;

    /// <summary>Room of one worker for the rounded operands of a block of rows, if <see cref="Weights"/> are int8; else null.</summary>
    public byte* Int8Room;

    /// <summary>Forward, for few rows of a large layer: which part of the units is computed here, from 0 to <see cref="Parts"/> -
    /// 1.</summary>
    public int Part;

    /// <summary>Into how many parts the units are split among workers; 0 or 1 if they are not.</summary>
    public int Parts;

    /// <summary>Where the workers of the parts meet; null if there is one.</summary>
    public StepBarrier* Barrier;

    /// <summary>Steps that the stream has gone before step 0 of this call, as far as they are even or odd.</summary>
    public int Position;

    /// <summary>Forward, for a batch of one: room for what <see cref="HoistSteps"/> steps make of x ahead of the recurrence; null if steps
    /// make it one by one.</summary>
    public float* Hoisted;

    /// <summary>Steps for which the products with x are made at once.</summary>
    public const int HoistSteps = 32;

    /// <summary>Floats that <see cref="Scratch"/> offers.</summary>
    public const int ScratchFloats = 2048;

    /// <summary>The rows of the next tile: <paramref name="left"/> rows cut into tiles of <paramref name="most"/> and
    /// <paramref name="most"/> - 1, if they can be (32 rows are 6, 6, 5, 5, 5, 5); else the largest tile, or what is left.</summary>
    /// <param name="left">Rows that are left, at least 1.</param>
    /// <param name="most">Rows of the largest tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TileRows(int left, int most)
    {
        // No division by what is no constant: this is asked for each tile.
        var tiles = (left + most - 1) / most;
        return left < most ? left : left == tiles * (most - 1) ? most - 1 : most;
    }

    /// <summary>The first of <paramref name="tiles"/> tiles that belong to this part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int FirstTile(int tiles) => Parts <= 1 ? 0 : (int)((uint)(tiles * Part) / (uint)Parts);

    /// <summary>One past the last of <paramref name="tiles"/> tiles that belong to this part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int EndTile(int tiles) => Parts <= 1 ? tiles : (int)((uint)(tiles * (Part + 1)) / (uint)Parts);

    /// <summary>Whether step <paramref name="t"/> is an odd one of the stream: such steps walk over the weights backwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsOdd(int t) => ((Position + t) & 1) != 0;

    /// <summary>Waits until all parts of a step's kernel are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Meet()
    {
        if (Parts > 1)
        {
            Barrier->Meet(Parts);
        }
    }
}
