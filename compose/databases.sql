CREATE DATABASE juicefs;
CREATE USER juicefs@'%' IDENTIFIED BY 'laptop';
GRANT ALL ON juicefs.* TO juicefs@'%';
CREATE DATABASE dumpkeeper CHARACTER SET utf8mb4;
CREATE USER dumpkeeper@'%' IDENTIFIED BY 'laptop';
GRANT ALL ON dumpkeeper.* TO dumpkeeper@'%';
