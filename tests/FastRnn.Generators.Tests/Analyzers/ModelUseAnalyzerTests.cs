namespace FastRnn.Generators.Tests.Analyzers;

public class ModelUseAnalyzerTests
{
    [Theory]
    [InlineData("using var session = model.CreateSession(); session.Step([|7|], y);")]
    [InlineData("using var session = model.CreateSession(); session.Run([|tokens|], y);")]
    [InlineData("using var session = model.CreateSession(); session.Step([|[1, 2, 3]|], y);")]
    [InlineData("using var session = letters.CreateSession(); session.Step([|x|], y);")]
    [InlineData("using var trainer = letters.CreateTrainer(new()); trainer.Step(tokens, [|y|]);")]
    [InlineData("using var trainer = model.CreateTrainer(new()); trainer.Step(x, [|tokens|]);")]
    [InlineData("using var trainer = model.CreateTrainer(new()); trainer.Step([|tokens|], y);")]
    [InlineData("using var evaluator = new Evaluator<Letters>(letters, 1, 2); evaluator.LossSum([|x|], tokens);")]
    [InlineData("using var generator = letters.CreateGenerator(); generator.Step([|x|], y);")]
    public Task The_other_kind_is_a_warning(string statements) => UseCase.Finds("FRNN083", statements);

    [Theory]
    [InlineData("using var session = [|new Both().CreateSession()|];")]
    [InlineData("using var session = [|new Averaged().CreateSession()|];")]
    [InlineData("using var session = [|new Started().CreateSession()|];")]
    [InlineData("using var session = [|new TranslateModel().CreateSession()|];")]
    [InlineData("using var generator = [|new Pooled().CreateGenerator()|];")]
    [InlineData("using var trainer = [|new Bare().CreateTrainer(new())|];")]
    [InlineData("using var evaluator = [|new Evaluator<Bare>(new Bare(), 1, 1)|];")]
    public Task What_the_model_excludes_is_a_warning(string statements) => UseCase.Finds("FRNN084", statements);

    [Theory]
    [InlineData("using var session = model.CreateSession(); session.Step(x, y);")]
    [InlineData("using var session = letters.CreateSession(); session.Step(3, y); session.Run(tokens, y);")]
    [InlineData("using var trainer = letters.CreateTrainer(new()); trainer.Step(tokens, tokens);")]
    [InlineData("using var trainer = model.CreateTrainer(new()); trainer.Step(x, y);")]
    [InlineData("using var session = new Bare().CreateSession(); session.Step(x, y);")]
    [InlineData("using var session = new Pooled().CreateSession(); session.Step(x, y);")]
    [InlineData("using var generator = new Started().CreateGenerator(); using var other = new TranslateModel().CreateGenerator(1, 5);")]
    [InlineData("using var predictor = new Both().CreatePredictor(1, 5); using var other = new Bare().CreatePredictor(1, 5);")]
    [InlineData("using var trainer = new Both().CreateTrainer(new()); using var other = new TranslateModel().CreateTrainer(new());")]
    [InlineData("static void Any<T>(Session<T> session, float[] x, float[] y) where T : class, IModel<T> => session.Step(x, y); Any(field!, x, y);")]
    public Task What_fits_is_none(string statements) => UseCase.IsSilent(statements);
}
