using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Activations;

/// <summary>Evaluates a function at floats in the order of their bits, on all cores: all of them, NaN and infinities among them.</summary>
internal sealed class ErrorScan
{
    private const int BlockFloats = 1 << 12;
    private const int UnitBlocks = 1 << 10;
    private const int Units = 1 << 10;

    // A sample takes one block of so many: prime, so that all mantissas come.
    private const int QuickStride = 67;

    private readonly MeasuredFunction function;
    private readonly int stride;
    private readonly Lock merge = new();

    private ErrorScan(MeasuredFunction function, bool quick)
    {
        this.function = function;
        stride = quick ? QuickStride : 1;
        Ours = new ErrorTally(function.From);
        Peer = function.Peer is null ? null : new ErrorTally(function.From);
    }

    /// <summary>Of the widest vectors of this processor.</summary>
    public ErrorTally Ours { get; }

    /// <summary>Of System.Numerics.Tensors.</summary>
    public ErrorTally? Peer { get; }

    /// <summary>An x at which vectors of another width give other bits.</summary>
    public float? WidthsDifferAt { get; private set; }

    /// <summary>Scans all 2^32 floats, or a sample.</summary>
    public static ErrorScan Run(MeasuredFunction function, bool quick, CancellationToken interrupt)
    {
        var scan = new ErrorScan(function, quick);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = interrupt };
        Parallel.For(0, Units, options, () => new Worker(scan), (unit, _, worker) => worker.Unit(unit), scan.Merge);
        return scan;
    }

    private void Merge(Worker worker)
    {
        lock (merge)
        {
            Ours.Add(worker.Ours);
            Peer?.Add(worker.Peer!);
            WidthsDifferAt ??= worker.WidthsDifferAt;
        }
    }

    /// <summary>The buffers of a thread, and what it found.</summary>
    private sealed class Worker(ErrorScan scan)
    {
        private readonly float[] x = new float[BlockFloats];
        private readonly float[] y = new float[BlockFloats];
        private readonly float[] other = new float[BlockFloats];
        private readonly double[] exact = new double[BlockFloats];
        private readonly SpanFunction widest = scan.function.Ours(SimdWidths.Available[^1]);
        private readonly SpanFunction[] narrower = [.. SimdWidths.Available.SkipLast(1).Select(scan.function.Ours)];

        public ErrorTally Ours { get; } = new(scan.function.From);

        public ErrorTally? Peer { get; } = scan.Peer is null ? null : new ErrorTally(scan.function.From);

        public float? WidthsDifferAt { get; private set; }

        public Worker Unit(int unit)
        {
            for (var block = unit * UnitBlocks; block < (unit + 1) * UnitBlocks; block++)
            {
                if (block % scan.stride == 0)
                {
                    Block((uint)block * BlockFloats);
                }
            }

            return this;
        }

        private void Block(uint first)
        {
            var bits = MemoryMarshal.Cast<float, uint>(x.AsSpan());
            for (var i = 0; i < bits.Length; i++)
            {
                bits[i] = first + (uint)i;
            }

            scan.function.Exact(x, exact);
            widest(x, y);
            Ours.Add(x, y, exact);
            foreach (var width in narrower)
            {
                width(x, other);
                WidthsDifferAt ??= Difference();
            }

            if (scan.function.Peer is { } peer)
            {
                peer(x, other);
                Peer!.Add(x, other, exact);
            }
        }

        /// <summary>Where the bits differ; which NaN comes out is nobody's contract.</summary>
        private float? Difference()
        {
            if (MemoryMarshal.Cast<float, uint>(y).SequenceEqual(MemoryMarshal.Cast<float, uint>(other)))
            {
                return null;
            }

            for (var i = 0; i < x.Length; i++)
            {
                if (BitConverter.SingleToInt32Bits(y[i]) != BitConverter.SingleToInt32Bits(other[i])
                    && !(float.IsNaN(y[i]) && float.IsNaN(other[i])))
                {
                    return x[i];
                }
            }

            return null;
        }
    }
}
