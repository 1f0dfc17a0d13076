using FastRnn.Language;

namespace FastRnn.Tests.Language;

public sealed class MatTests
{
    /// <summary>A dimension as a user declares one.</summary>
    private abstract class Projection : IDimension;

    private static readonly Mat<Projection, Input> Matrix = new(2, 3, 1, 2, 3, -4, 5, -6);

    [Fact]
    public void A_matrix_times_a_vector_has_the_dimension_of_the_rows()
    {
        Vec<Projection> product = Matrix * new Vec<Input>(10, 100, 1000);
        Assert.Equal([3210, -5540], product.ToArray());
    }

    [Fact]
    public void Elements_are_row_major()
    {
        Assert.Equal((2, 3), (Matrix.Rows, Matrix.Columns));
        Assert.Equal(3, Matrix[0, 2]);
        Assert.Equal(-4, Matrix[1, 0]);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 3)]
    public void An_element_outside_is_refused(int row, int column) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix[row, column]);

    [Fact]
    public void A_vector_of_another_length_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Matrix * new Vec<Input>(1, 2));
        Assert.StartsWith(
            "Mat<Projection, Input> * Vec<Input>: expected a vector of length 3, got 2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_and_values_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mat<Hidden, Input>(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mat<Hidden, Input>(1, 0));
        Assert.Throws<ArgumentException>(() => new Mat<Hidden, Input>(int.MaxValue, int.MaxValue, 1));
        var error = Assert.Throws<ArgumentException>(() => new Mat<Hidden, Input>(2, 3, 1, 2, 3));
        Assert.StartsWith("Mat<Hidden, Input> of 2 x 3: expected 6 values, got 3.", error.Message, StringComparison.Ordinal);
    }
}
