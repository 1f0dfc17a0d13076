using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>States that become other states or the input as they are, change places, are read twice in one sum, or are not read at
/// all.</summary>
[Cell]
internal sealed partial class Rotation
{
    private readonly Mat<Hidden, Input> W, V;
    private readonly Mat<Hidden, Hidden> U, Q;
    private readonly Vec<Hidden> b;
    private readonly Vec<Input> scale;

    public (Vec<Hidden> late, Vec<Hidden> h, Vec<Hidden> left, Vec<Hidden> right, Vec<Input> last) Step(
        Vec<Input> x, Vec<Hidden> late, Vec<Hidden> h, Vec<Hidden> left, Vec<Hidden> right, Vec<Input> last)
    {
        var p = V * (scale * x + last);
        var z = Tanh(W * x + U * h + Q * left + b + right + right + b);
        var next = Softplus(p + p) - (h + h) / 4 + z;
        return (h, next, right, 0.25 * (left + z), x);
    }
}
