using System.Globalization;
using System.Numerics.Tensors;

namespace FastRnn.Inference;

/// <summary>Sessions over the tensor types of System.Numerics: shapes are checked, nothing is copied.</summary>
public static class TensorSessionExtensions
{
    /// <summary>T steps of vectors; the state is carried on from call to call.</summary>
    /// <param name="session">The session.</param>
    /// <param name="x">Dense, <c>[T, B, I]</c>.</param>
    /// <param name="y">Dense, receives <c>[T, B, O]</c>.</param>
    /// <exception cref="ArgumentException">A tensor has another shape or is not dense.</exception>
    /// <exception cref="InvalidOperationException">The model reads tokens.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public static void Run<TModel>(this Session<TModel> session, in ReadOnlyTensorSpan<float> x, in TensorSpan<float> y)
        where TModel : class, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(session);
        var steps = x.Rank == 3 ? x.Lengths[0] : 0;
        Check(x.Lengths, x.IsDense, [steps, session.BatchSize, TModel.Info.InputSize], nameof(x));
        Check(y.Lengths, y.IsDense, [steps, session.BatchSize, TModel.Info.OutputSize], nameof(y));
        if (steps > 0)
        {
            session.Run(x.GetSpan([0, 0, 0], checked((int)x.FlattenedLength)), y.GetSpan([0, 0, 0], checked((int)y.FlattenedLength)));
        }
    }

    private static void Check(ReadOnlySpan<nint> got, bool isDense, ReadOnlySpan<nint> expected, string name)
    {
        if (!got.SequenceEqual(expected) || !isDense)
        {
            throw new ArgumentException(
                $"{name}: expected a dense tensor {Shape(expected)}, got {(isDense ? "" : "one with gaps, ")}{Shape(got)}.", name);
        }
    }

    private static string Shape(ReadOnlySpan<nint> lengths)
    {
        var text = new List<string>();
        foreach (var length in lengths)
        {
            text.Add(length.ToString(CultureInfo.InvariantCulture));
        }

        return "[" + string.Join(", ", text) + "]";
    }
}
