using FastRnn.Language;

namespace FastRnn.Tests.Language;

public sealed class CellParametersTests
{
    private static CellParameters Make() => new([(2, 3), (2, 0), (1, 1)], 1, 2, 3, 4, 5, 6, 7, 8, 9);

    [Fact]
    public void Parameters_stand_one_after_the_other()
    {
        var parameters = Make();
        var matrix = parameters.Matrix<Hidden, Input>(0);
        Assert.Equal((2, 3, 3.0, 4.0), (matrix.Rows, matrix.Columns, matrix[0, 2], matrix[1, 0]));
        Assert.Equal([7, 8], parameters.Vector<Hidden>(1).ToArray());
        Assert.Equal(9, parameters.Matrix<Hidden, Hidden>(2)[0, 0]);
    }

    [Fact]
    public void A_vector_is_no_matrix_and_the_reverse()
    {
        var error = Assert.Throws<ArgumentException>(() => Make().Matrix<Hidden, Input>(1));
        Assert.StartsWith("Parameter 1: expected a matrix, got a vector of length 2.", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => Make().Vector<Hidden>(0));
        Assert.StartsWith("Parameter 0: expected a vector, got a matrix of 2 x 3.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_parameter_that_does_not_exist_is_refused(int index)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Make().Matrix<Hidden, Input>(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => Make().Vector<Hidden>(index));
    }

    [Fact]
    public void Shapes_and_values_must_fit()
    {
        var error = Assert.Throws<ArgumentException>(() => new CellParameters([(2, 3), (2, 0)], 1, 2));
        Assert.StartsWith("Values of 2 parameters: expected 8, got 2.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CellParameters([(0, 3)]));
        Assert.Throws<ArgumentException>(() => new CellParameters([(1, -1)], 1));
        Assert.Throws<ArgumentException>(() => new CellParameters([(int.MaxValue, int.MaxValue), (1, 0)], 1));
    }
}
