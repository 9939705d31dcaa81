using System.Text;
using Microsoft.Data.Sqlite;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.Corruption;

/// <summary>What can become of a data directory: by a disk, by a copy that was made of it, and by people.</summary>
internal sealed class Corruptions(IReadOnlyList<SavedState> moments)
{
    private const int Page = 4096;

    private static readonly (string What, Action<Damage> Do)[] Kinds =
    [
        ("the database is cut short", d => d.Change(SavedState.Database, d.CutShort)),
        ("the log is cut short", d => d.Change(SavedState.Log, d.CutShort)),
        ("bits of the database flip", d => d.Change(SavedState.Database, d.FlipBits)),
        ("bits of its header flip", d => d.Change(SavedState.Database, d.FlipHeaderBits)),
        ("bits of its schema flip", d => d.Change(SavedState.Database, d.FlipSchemaBits)),
        ("bits of the log flip", d => d.Change(SavedState.Log, d.FlipBits)),
        ("pages of the database are zeroed", d => d.Change(SavedState.Database, d.ZeroPages)),
        ("a stretch of the log is zeroed", d => d.Change(SavedState.Log, d.ZeroPages)),
        ("two pages of the database are swapped", d => d.Change(SavedState.Database, d.SwapPages)),
        ("the log is dropped", d => d.Change(SavedState.Log, _ => null)),
        ("the database is dropped and its log is not", d => d.Change(SavedState.Database, _ => null)),
        ("the key is dropped", d => d.Change(SavedState.Key, _ => null)),
        ("the key is garbled", d => d.Change(SavedState.Key, d.FlipBits)),
        ("the key is cut short", d => d.Change(SavedState.Key, d.CutShort)),
        ("bits of the identity flip", d => d.Change(SavedState.Identity, d.FlipBits)),
        ("the identity is dropped, and so is the database", d => d.Change(SavedState.Identity, _ => null).Change(SavedState.Database, _ => null)),
        ("an old database meets a newer log", d => d.Take(SavedState.Log)),
        ("a newer database meets an old log", d => d.Take(SavedState.Database)),
        ("everything is as it was earlier", d => d.Take(SavedState.Database).Take(SavedState.Log)),
        ("the database is random bytes", d => d.Change(SavedState.Database, d.RandomBytes)),
        ("the log is random bytes", d => d.Change(SavedState.Log, d.RandomBytes)),
        ("the database is empty", d => d.Change(SavedState.Database, _ => [])),
        ("all is deleted", d => d.Change(SavedState.Database, _ => null).Change(SavedState.Log, _ => null).Change(SavedState.Key, _ => null)
            .Change(SavedState.Identity, _ => null)),
        ("definitions are swapped", d => d.Edit("UPDATE task SET definition = (SELECT definition FROM task t WHERE t.arn <> task.arn ORDER BY random())")),
        ("states are swapped", d => d.Edit(
            "UPDATE task SET (state, checksum) = (SELECT state, checksum FROM task t WHERE t.arn <> task.arn ORDER BY random()) WHERE random() % 2")),
        ("states of containers are swapped", d => d.Edit(
            "UPDATE container SET (state, checksum) = (SELECT state, checksum FROM container c WHERE c.task_arn <> container.task_arn "
            + "ORDER BY random()) WHERE random() % 2")),
        ("a state has another's text", d => d.Edit("UPDATE task SET state = (SELECT state FROM task t WHERE t.arn <> task.arn ORDER BY random())")),
        ("tasks are deleted", d => d.Edit("DELETE FROM task WHERE random() % 2")),
        ("containers are deleted", d => d.Edit("DELETE FROM container WHERE random() % 2")),
        ("a table is dropped", d => d.Edit("DROP TABLE " + d.OneOf("task", "container", "image", "setting", "quarantine"))),
        ("a column is renamed", d => d.Edit("ALTER TABLE " + d.OneOf("task", "container") + " RENAME COLUMN state TO stated")),
        ("values have other types", d => d.Edit(d.OneOf(
            "UPDATE task SET definition = 5", "UPDATE task SET checksum = 'x', state = 1.5", "UPDATE container SET state = x'00ff', checksum = 7",
            "UPDATE task SET arn = x'ff00' || admission", "UPDATE setting SET value = 'many'", "UPDATE image SET state = 1"))),
        ("the schema is newer", d => d.Edit("PRAGMA user_version = 2")),
        ("the schema has no version", d => d.Edit("PRAGMA user_version = 0")),
        ("the schema's version makes no sense", d => d.Edit("PRAGMA user_version = -7")),
    ];

    /// <summary>Those that the agent cannot but notice: it must keep what it could not use, and show it.</summary>
    private static readonly HashSet<string> LeaveTraces =
    [
        "the key is dropped", "the key is cut short", "definitions are swapped",
        "a table is dropped", "a column is renamed", "the schema is newer", "the schema has no version", "the schema's version makes no sense",
    ];

    /// <summary>The state after the corruption of that number, and what it was. The same number gives the same, but for SQL's own chance.</summary>
    public (string What, bool LeavesTrace, SavedState State) Make(int number)
    {
        var random = new Random(number);
        var (what, apply) = Kinds[number % Kinds.Length];
        var damage = new Damage(moments, random);
        apply(damage);
        return (what, LeaveTraces.Contains(what), damage.State);
    }

    private sealed class Damage(IReadOnlyList<SavedState> moments, Random random)
    {
        public SavedState State { get; private set; } = moments[^random.Next(1, 1 + (moments.Count / 2))];

        public Damage Change(string name, Func<byte[], byte[]?> change)
        {
            if (State.Files.TryGetValue(name, out var content))
            {
                State = State.With(name, change([.. content]));
            }

            return this;
        }

        /// <summary>The file as it was at another moment.</summary>
        public Damage Take(string name)
        {
            State = State.With(name, moments[random.Next(moments.Count)].Files.GetValueOrDefault(name));
            return this;
        }

        public string OneOf(params string[] texts) => texts[random.Next(texts.Length)];

        public byte[] CutShort(byte[] content) => content[..random.Next(content.Length)];

        public byte[] FlipBits(byte[] content) => Flip(content, 0, content.Length, 1 + random.Next(20));

        public byte[] FlipHeaderBits(byte[] content) => Flip(content, 0, 100, 1 + random.Next(2));

        /// <summary>In the texts from which SQLite learns what tables there are.</summary>
        public byte[] FlipSchemaBits(byte[] content)
        {
            var at = content.AsSpan(0, Math.Min(Page, content.Length)).IndexOf(Encoding.ASCII.GetBytes("CREATE TABLE"));
            return at < 0 ? FlipBits(content) : Flip(content, at, Math.Min(Page, content.Length) - at, 1 + random.Next(3));
        }

        public byte[] ZeroPages(byte[] content)
        {
            for (var i = random.Next(3); i >= 0 && content.Length > 0; i--)
            {
                var at = random.Next(content.Length) / Page * Page;
                content.AsSpan(at, Math.Min(Page, content.Length - at)).Clear();
            }

            return content;
        }

        public byte[] SwapPages(byte[] content)
        {
            if (content.Length < 3 * Page)
            {
                return ZeroPages(content);
            }

            var (one, two) = (1 + random.Next((content.Length / Page) - 1), 1 + random.Next((content.Length / Page) - 1));
            var page = content.AsSpan(one * Page, Page).ToArray();
            content.AsSpan(two * Page, Page).CopyTo(content.AsSpan(one * Page));
            page.CopyTo(content.AsSpan(two * Page));
            return content;
        }

        public byte[] RandomBytes(byte[] content)
        {
            random.NextBytes(content);
            return content;
        }

        /// <summary>By somebody with a shell.</summary>
        public void Edit(string sql)
        {
            var directory = Directory.CreateTempSubdirectory("ecs-agent-edit-").FullName;
            try
            {
                State.WriteTo(directory);
                using (var connection = new SqliteConnection($"Data Source={Path.Combine(directory, SavedState.Database)};Pooling=False"))
                {
                    connection.Open();
                    using var command = connection.CreateCommand();
                    command.CommandText = "PRAGMA synchronous = OFF; " + sql;
                    command.ExecuteNonQuery();
                }

                var edited = SavedState.Of(directory);
                State = State.With(SavedState.Database, edited.Files[SavedState.Database]).With(SavedState.Log, edited.Files.GetValueOrDefault(SavedState.Log));
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }

        private byte[] Flip(byte[] content, int from, int length, int bits)
        {
            for (; bits > 0 && from < content.Length; bits--)
            {
                content[Math.Min(content.Length - 1, from + random.Next(length))] ^= (byte)(1 << random.Next(8));
            }

            return content;
        }
    }
}
