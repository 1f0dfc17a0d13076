using BenchmarkDotNet.Attributes;

using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Benchmarks.Micro;

/// <summary>The deferred products of an LSTM layer with as many inputs as units, 64 sequences of 50 steps, on one thread: the gradients of
/// its matrices, and those of its biases.</summary>
public unsafe class ProductBenchmarks : ICountsFlops
{
    private const int Batch = 64;
    private const int Steps = 50;
    private const int Gates = 4;
    private WeightOperand* operands;
    private WeightGradientCall call;
    private float* bias;
    private float* scratch;
    private int tiles;

    public static IEnumerable<SimdWidth> Widths => SimdWidths.Available;

    [Params(32, 128, 256, 512)]
    public int H { get; set; }

    [ParamsSource(nameof(Widths))]
    public SimdWidth Width { get; set; }

    private int Rows => Gates * H;

    public double Flops(string method) => method == nameof(Matrices) ? 2.0 * Rows * 2 * H * Batch * Steps : (double)Rows * Batch * Steps;

    [GlobalSetup]
    public void Create()
    {
        // Never given back: the process ends with the case.
        operands = (WeightOperand*)NativeFloats.Create(2 * sizeof(WeightOperand) / sizeof(float));
        for (var i = 0; i < 2; i++)
        {
            operands[i] = new WeightOperand { X = Sequences(H), Columns = H, Gradient = NativeFloats.Create(Rows * H) };
        }

        call = new WeightGradientCall
        {
            DPre = Sequences(Rows),
            Order = new SumOrder(Steps, Batch),
            Rows = Rows,
            Operands = operands,
            OperandCount = 2
        };
        bias = NativeFloats.Create(Rows);
        scratch = NativeFloats.Create(WeightGradient.ScratchFloats);
        tiles = 2 * WeightGradient.TileCount(Width, Rows, H);
    }

    [Benchmark]
    public void Matrices() => WeightGradient.Run(Width, in call, 0, tiles, scratch);

    [Benchmark]
    public void Biases() => ColumnSum.Run(Width, in call.DPre, call.Order, bias, 0, Rows);

    private static SequenceRows Sequences(int size)
    {
        var stride = Padding.RoundUp(size);
        return new SequenceRows(NativeFloats.Create(Steps * Batch * stride), (nint)Batch * stride, stride);
    }
}
