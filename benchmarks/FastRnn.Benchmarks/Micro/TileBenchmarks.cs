using System.Runtime.Intrinsics;

using BenchmarkDotNet.Attributes;

using FastRnn.CompilerServices;
using FastRnn.Kernels;

namespace FastRnn.Benchmarks.Micro;

/// <summary>The microkernels of the deferred products: a tile of the gradient in registers, both operands packed in the first cache
/// level.</summary>
public unsafe class TileBenchmarks : ICountsFlops
{
    private const int Depth = 128;
    private delegate*<float*, float*, int, float*, nint, void> kernel;
    private float* a;
    private float* x;
    private float* c;

    public static IEnumerable<SimdWidth> Widths => SimdWidths.Available;

    [ParamsSource(nameof(Widths))]
    public SimdWidth Width { get; set; }

    /// <summary>Rows x vectors.</summary>
    [Params("8x3", "8x2", "8x1", "4x3", "4x2")]
    public string Tile { get; set; } = "";

    private int Lanes => SimdWidths.Lanes(Width);

    public double Flops(string method) => 2.0 * (Tile[0] - '0') * (Tile[2] - '0') * Lanes * Depth;

    [GlobalSetup]
    public void Create()
    {
        kernel = Width switch
        {
            SimdWidth.Bits128 => Kernel<Simd128, Vector128<float>>(),
            SimdWidth.Bits256 => Kernel<Simd256, Vector256<float>>(),
            _ => Kernel<Simd512, Vector512<float>>(),
        };
        a = NativeFloats.Create(Depth * OuterProductTile.PanelRows);
        x = NativeFloats.Create(Depth * OuterProductTile.PanelVectors * Lanes);
        c = NativeFloats.Create(OuterProductTile.PanelRows * OuterProductTile.PanelVectors * Lanes);
    }

    [Benchmark]
    public void Multiply() => kernel(a, x, Depth, c, OuterProductTile.PanelVectors * Lanes);

    private delegate*<float*, float*, int, float*, nint, void> Kernel<S, V>()
        where S : ISimd<V>
        where V : struct => Tile switch
        {
            "8x3" => &OuterProductTile.Rows8Vectors3<S, V>,
            "8x2" => &OuterProductTile.Rows8Vectors2<S, V>,
            "8x1" => &OuterProductTile.Rows8Vectors1<S, V>,
            "4x3" => &HalfOuterProductTile.Rows4Vectors3<S, V>,
            _ => &HalfOuterProductTile.Rows4Vectors2<S, V>,
        };
}
